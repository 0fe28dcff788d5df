import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ParameterDescription, ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import { useEngineDescription } from './engine-description.ts'
import { usePreferences } from './preferences.ts'
import { useProfiles } from './profiles.ts'
import { useRuns } from './runs.ts'

/** The form of the operation in use: what a person set here wins over the profile, the profile over the defaults. */
export const useRunForm = defineStore('run-form', () => {
  const descriptions = useEngineDescription()
  const profiles = useProfiles()
  const preferences = usePreferences()
  const runs = useRuns()
  const given = shallowRef<Readonly<Record<string, ParameterValues>>>({})

  const operation = computed(() => descriptions.operationOf(preferences.operation) ?? descriptions.operations[0])
  const key = computed(() => `${operation.value?.id} ${profiles.current?.name}`)
  /** what a person set for this operation and profile */
  const values = computed<ParameterValues>(() => given.value[key.value] ?? {})
  const profileValues = computed<ParameterValues>(() => profiles.current?.values ?? {})
  const effective = computed<ParameterValues>(() => {
    const defaults = (operation.value?.parameters ?? []).map((parameter) => [parameter.name, parameter.default])
    return { ...Object.fromEntries(defaults), ...profileValues.value, ...values.value }
  })
  /** the parameters that count with the values as they are */
  const parameters = computed(() => (operation.value?.parameters ?? []).filter(isUsed))
  const missing = computed(() =>
    parameters.value.filter((parameter) => parameter.required && isEmpty(effective.value[parameter.name])),
  )

  function isUsed({ onlyWhen }: ParameterDescription): boolean {
    return !onlyWhen || onlyWhen.values.includes(String(effective.value[onlyWhen.parameter]))
  }

  function chooseOperation(id: string): void {
    preferences.operation = id
  }

  /** Sets a value; undefined gives it back to the profile or the default. */
  function set(name: string, value: Json | undefined): void {
    const { [name]: _before, ...others } = values.value
    const next = value === undefined ? others : { ...others, [name]: value }
    given.value = { ...given.value, [key.value]: next }
  }

  /** Runs the operation with the form's values; the run's id, or undefined when it could not be started. */
  async function run(): Promise<string | undefined> {
    if (!operation.value) return undefined
    const used = new Set(parameters.value.map((parameter) => parameter.name))
    const sent = Object.fromEntries(Object.entries(values.value).filter(([name]) => used.has(name)))
    return runs.start({
      operation: operation.value.id,
      ...(profiles.current ? { profile: profiles.current.name } : {}),
      parameters: sent,
    })
  }

  /** Goes on with another operation on what this one used, and runs it; its own scope is left as granted. */
  async function runWith(id: string): Promise<string | undefined> {
    const carried = values.value
    chooseOperation(id)
    const names = new Set((operation.value?.parameters ?? []).map((parameter) => parameter.name))
    for (const [name, value] of Object.entries(carried)) if (names.has(name) && name !== 'scope') set(name, value)
    return run()
  }

  return { operation, values, profileValues, effective, parameters, missing, chooseOperation, set, run, runWith }
})

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
