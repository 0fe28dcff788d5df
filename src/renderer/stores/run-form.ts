import { defineStore } from 'pinia'
import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import type { OperationDescription, ParameterDescription, ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import type { Profile } from '../../contract/profile.ts'
import type { Run } from '../../contract/run.ts'
import { useEngineDescription } from './engine-description.ts'
import { usePreferences } from './preferences.ts'
import { useProfiles } from './profiles.ts'
import { type RunAnswers, useNameQuestion } from './run-answers.ts'
import { useRuns } from './runs.ts'
import { valuesOfRun } from './values-of-run.ts'

/** The form of the operation in use: what a person set here wins over the profile, the profile over the defaults. */
export const useRunForm = defineStore('run-form', () => {
  const descriptions = useEngineDescription()
  const profiles = useProfiles()
  const preferences = usePreferences()
  const runs = useRuns()

  const operation = computed(() => descriptions.operationOf(preferences.operation) ?? descriptions.operations[0])
  const key = computed(() => `${operation.value?.id} ${profiles.current?.name}`)
  const { values, set, replace } = useGivenValues(key)
  /** what the profile gives this operation, as the engine takes it */
  const profileValues = computed(() => profileValuesFor(operation.value, profiles.current))
  const effective = computed<ParameterValues>(() => {
    const defaults = (operation.value?.parameters ?? []).map((parameter) => [parameter.name, parameter.default])
    return { ...Object.fromEntries(defaults), ...profileValues.value, ...values.value }
  })
  const { parameters, missing } = useParameters(operation, effective)

  function chooseOperation(id: string): void {
    preferences.operation = id
  }

  const { asking, mustWait, stopAsking } = useNameQuestion(operation, effective)

  /** Runs the operation with the form's values; the run's id, or undefined when it could not be started or asks first. */
  async function run(answers: RunAnswers = {}): Promise<string | undefined> {
    if (!operation.value || mustWait(answers)) return undefined
    return runs.start({
      operation: operation.value.id,
      ...(profiles.current ? { profile: profiles.current.name } : {}),
      parameters: sentValues(values.value, parameters.value),
      ...answers,
    })
  }

  /** Runs once more what a run did, after a person answered what it stopped at. */
  async function runAgain(earlier: Run, answers: RunAnswers = {}): Promise<string | undefined> {
    const isSame = earlier.operation === operation.value?.id && earlier.profile === profiles.current?.name
    if (!isSame) await takeFrom(earlier, earlier.operation)
    return run(answers)
  }

  /** Takes up what a run used, for the same operation or another; secrets typed here before stay. */
  async function takeFrom(earlier: Run, id: string): Promise<void> {
    const typed = values.value
    chooseOperation(id)
    if (profiles.list.some(({ name }) => name === earlier.profile)) await profiles.choose(earlier.profile!)
    const all = operation.value?.parameters ?? []
    const own = id === earlier.operation ? {} : ownValuesIn(values.value, all)
    replace({ ...own, ...valuesAgain(earlier, operation.value, profiles.current), ...secretsIn(typed, all) })
  }

  const opening = useOpening((earlier) => takeFrom(earlier, earlier.operation))
  const state = { operation, values, profileValues, effective, parameters, missing }
  return { ...state, asking, stopAsking, chooseOperation, set, run, runAgain, takeFrom, ...opening }
})

/** The parameters of an operation with the values as they are. */
function useParameters(
  operation: ComputedRef<OperationDescription | undefined>,
  effective: ComputedRef<ParameterValues>,
) {
  /** the parameters that count with the values as they are */
  const parameters = computed(() => (operation.value?.parameters ?? []).filter(isUsed))
  const missing = computed(() =>
    parameters.value.filter((parameter) => parameter.required && isEmpty(effective.value[parameter.name])),
  )

  function isUsed({ onlyWhen }: ParameterDescription): boolean {
    return !onlyWhen || onlyWhen.values.includes(String(effective.value[onlyWhen.parameter]))
  }

  return { parameters, missing }
}

/** What a person set, kept apart for each operation and profile; `key` names the pair in use. */
function useGivenValues(key: ComputedRef<string>) {
  const given = shallowRef<Readonly<Record<string, ParameterValues>>>({})
  const values = computed<ParameterValues>(() => given.value[key.value] ?? {})

  function replace(next: ParameterValues): void {
    given.value = { ...given.value, [key.value]: next }
  }

  /** Sets a value; undefined gives it back to the profile or the default. */
  function set(name: string, value: Json | undefined): void {
    const { [name]: _before, ...others } = values.value
    replace(value === undefined ? others : { ...others, [name]: value })
  }

  return { values, set, replace }
}

/** Opens earlier runs; `take` is called with one as soon as it is known what it did. */
function useOpening(take: (run: Run) => Promise<void>) {
  const runs = useRuns()
  /** the run that a person opened and that has not been taken up yet */
  const opening = shallowRef<string>()
  /** the run that a person opened last; the focus goes to it */
  const opened = shallowRef<string>()
  watch(
    () => runs.current,
    (run) => {
      if (!run?.operation || run.id !== opening.value) return
      opening.value = undefined
      void take(run)
    },
    { flush: 'sync' },
  )

  /** Shows an earlier run, and what it used in the form. */
  function open(runId: string): Promise<void> {
    opening.value = runId
    opened.value = runId
    return runs.show(runId)
  }

  return { opened, open }
}

/** The values that run again what a run did; the built-in profile's server has another address each time. */
function valuesAgain(earlier: Run, operation: OperationDescription | undefined, profile: Profile | undefined) {
  const { issuer: _its, ...others } = earlier.parameters
  const parameters = profile?.builtIn ? others : earlier.parameters
  return valuesOfRun({ parameters }, operation?.parameters ?? [], profileValuesFor(operation, profile))
}

function profileValuesFor(operation: OperationDescription | undefined, profile: Profile | undefined): ParameterValues {
  const own = new Set(operation?.parameters.filter(({ inProfile }) => !inProfile).map(({ name }) => name))
  return Object.fromEntries(Object.entries(profile?.values ?? {}).filter(([name]) => !own.has(name)))
}

/** What goes to the engine: values of parameters that count, without pairs that nothing was typed into. */
function sentValues(values: ParameterValues, used: readonly ParameterDescription[]): ParameterValues {
  const isTyped = (pair: Json) => !Array.isArray(pair) || pair.some((part) => part !== '')
  const sent = ({ name, type }: ParameterDescription) => {
    const value = values[name]
    return type === 'pairs' && Array.isArray(value) ? value.filter(isTyped) : value
  }
  return Object.fromEntries(used.filter(({ name }) => name in values).map((one) => [one.name, sent(one)]))
}

/** What a person set that belongs to the operation alone, such as the address of an API; no secret. */
function ownValuesIn(values: ParameterValues, all: readonly ParameterDescription[]): ParameterValues {
  const names = new Set(all.filter(({ type, inProfile }) => type !== 'secret' && !inProfile).map(({ name }) => name))
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)))
}

function secretsIn(values: ParameterValues, all: readonly ParameterDescription[]): ParameterValues {
  const names = new Set(all.filter(({ type }) => type === 'secret').map(({ name }) => name))
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)))
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
