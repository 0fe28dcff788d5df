import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { OperationDescription, ParameterValues } from '../../contract/description.ts'
import type { Json, JsonObject } from '../../contract/json.ts'
import { presetValues } from '../../contract/presets.ts'
import type { Problem } from '../../contract/problem.ts'
import type { VendorDescription } from '../../contract/vendor.ts'
import { useManagement } from './management.ts'
import { toProblem } from './problem-of.ts'
import { useProfiles } from './profiles.ts'
import type { RunAnswers } from './run-answers.ts'
import { useRuns } from './runs.ts'
import { useWorkspace } from './workspace.ts'

/** A client that is about to be registered at the server of one profile. */
export interface RegistrationDraft {
  /** the kind of client it began with; empty: none of the usual ones; undefined: not chosen yet */
  preset: string | undefined
  /** the operation a person chose; undefined: the one that fits the server */
  way: string | undefined
  /** client metadata as it will be sent. @see RFC 7591 §2 */
  document: JsonObject
  /** JSON that somebody is still typing and that cannot be read yet */
  brokenText: string | undefined
  /** what is sent besides, such as an initial access token */
  others: ParameterValues
  /** the run that sent it last, and the document as it was then */
  runId?: string
  sent?: JsonObject
}

const begun: RegistrationDraft = { preset: undefined, way: undefined, document: {}, brokenText: undefined, others: {} }

/** The form that registers clients: one draft for each profile, kept until it was registered or thrown away. */
export const useRegisterForm = defineStore('register-form', () => {
  const management = useManagement()
  const profiles = useProfiles()
  const { draft, change } = useDrafts(() => profiles.current?.name ?? '')

  /** every way in which this server may take a new client, the likeliest first */
  const ways = computed(() => waysFor(management))
  const operation = computed(() => ways.value.find(({ id }) => id === draft.value.way) ?? ways.value[0])
  const sending = useSending(draft, change)

  /** Starts from a usual kind of client; what was typed before stays and wins. */
  function choosePreset(id: string): void {
    const typed = typedOver(draft.value)
    change({ preset: id, document: { ...presetFor(id, operation.value, management.vendor), ...typed } })
  }
  /** Sends it through another operation; what a preset gives is what that one takes. */
  function chooseWay(way: string): void {
    const typed = typedOver(draft.value)
    change({ way })
    change({ document: { ...presetFor(draft.value.preset ?? '', operation.value, management.vendor), ...typed } })
  }
  const setDocument = (document: JsonObject) => change({ document, brokenText: undefined })
  const setBroken = (brokenText: string) => change({ brokenText })
  const setOther = (name: string, value: Json | undefined) =>
    change({ others: { ...draft.value.others, [name]: value } })
  /** Goes back to the choice of a kind; what was typed stays. */
  const chooseAgain = () => change({ preset: undefined })

  /** Throws the draft away. */
  function clear(): void {
    const { runId: _run, sent: _sent, ...others } = begun
    change({ ...others, runId: undefined, sent: undefined })
  }

  /** what the profile gives the operation */
  const profileValues = computed<ParameterValues>(() => {
    const taken = operation.value?.parameters.filter(({ inProfile }) => inProfile).map(({ name }) => name) ?? []
    const values = profiles.current?.values ?? {}
    return Object.fromEntries(taken.filter((name) => name in values).map((name) => [name, values[name]]))
  })

  const state = { draft, ways, operation, profileValues, ...sending }
  return { ...state, choosePreset, chooseAgain, setDocument, setBroken, setOther, chooseWay, clear }
})

/** What a preset gives; a vendor's own operation takes what the vendor knows. */
function presetFor(id: string, operation: OperationDescription | undefined, vendor: VendorDescription | undefined) {
  const known = operation?.vendorMethod === undefined ? undefined : vendor?.known
  const given = Object.entries(presetValues(id) as JsonObject)
  return Object.fromEntries(given.filter(([name]) => known === undefined || known.includes(name)))
}

/** The members that are not as the draft's preset gave them. */
function typedOver({ preset = '', document }: RegistrationDraft): JsonObject {
  const given = presetValues(preset)
  const isTyped = ([name, value]: [string, Json]) => JSON.stringify(value) !== JSON.stringify(given[name])
  return Object.fromEntries(Object.entries(document).filter(isTyped))
}

type Change = (changed: { [K in keyof RegistrationDraft]?: RegistrationDraft[K] | undefined }) => void

function useDrafts(key: () => string) {
  const workspace = useWorkspace()
  const drafts = shallowRef<ReadonlyMap<string, RegistrationDraft>>(new Map())
  // Another folder has other profiles, of the same names too.
  watch(
    () => workspace.facts?.folder,
    (_folder, before) => before !== undefined && (drafts.value = new Map()),
  )
  const draft = computed(() => drafts.value.get(key()) ?? begun)
  const change: Change = (changed) => {
    drafts.value = new Map(drafts.value).set(key(), { ...draft.value, ...changed })
  }
  return { draft, change }
}

/** Runs what registers, beside the shown run. */
function useSending(draft: { readonly value: RegistrationDraft }, change: Change) {
  const management = useManagement()
  const runs = useRuns()
  /** why the last attempt could not be started */
  const problem = shallowRef<Problem>()
  const isStarting = ref(false)
  const run = computed(() => (draft.value.runId === undefined ? undefined : runs.runs.get(draft.value.runId)))
  watch(
    () => management.key,
    () => (problem.value = undefined),
  )

  /** Sends the document with these parameters; resolves when the run has ended or could not be started. */
  async function send(operation: string, parameters: ParameterValues, answers: RunAnswers = {}): Promise<void> {
    const { document } = draft.value
    problem.value = undefined
    isStarting.value = true
    try {
      await management.run({ operation, parameters, ...answers }, (runId) => {
        isStarting.value = false
        change({ runId, sent: document })
      })
    } catch (error) {
      problem.value = toProblem(error)
    } finally {
      isStarting.value = false
    }
  }

  return { run, problem, isStarting, send }
}

/** A server with a management interface of its own is asked there first; every server may take RFC 7591 registrations. */
function waysFor({
  vendor,
  offered,
}: Pick<ReturnType<typeof useManagement>, 'vendor' | 'offered'>): OperationDescription[] {
  const create = vendor?.methods.includes('listClients') ? offered('clients create') : undefined
  return [create, offered('register')].filter((one) => one !== undefined)
}
