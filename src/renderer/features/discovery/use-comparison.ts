import { computed, ref, shallowRef } from 'vue'
import type { JsonObject } from '../../../contract/json.ts'
import { differencesOf, type Difference } from '../../../contract/metadata/differences.ts'
import { problemOf, type Problem } from '../../../contract/problem.ts'
import type { Run } from '../../../contract/run.ts'
import { useDiscoveryTarget } from '../../stores/discovery-target.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useRuns } from '../../stores/runs.ts'
import { documentsOf, type ShownDocument } from './shown-documents.ts'

/** What the shown document can be compared with. */
export type ComparedWith = 'last' | 'documents' | 'other'

/** Two documents side by side, and where they differ. */
export interface ShownComparison {
  /** what stands at the left and at the right */
  titles: [before: string, after: string]
  /** ISO time of an older reading */
  takenAt?: string
  /** what it means that something stands on one side only, or on both but otherwise */
  words: Record<Difference['kind'], string>
  differences: readonly Difference[]
  total: number
  /** both documents; an older reading is known by its differences only */
  documents?: [before: JsonObject, after: JsonObject]
}

const overTime = { added: 'added', removed: 'removed', changed: 'changed' }
const besides = { added: 'right only', removed: 'left only', changed: 'differs' }

/** Compares what a run found: with the last reading, its two documents with each other, or with another server. */
export function useComparison(run: () => Run, documents: () => readonly ShownDocument[]) {
  const isApi = () => documents()[0]?.isResource ?? false
  const other = useOther(isApi)
  const chosen = ref<ComparedWith>()
  const last = computed(() => run().comparisons.find((one) => one.with === 'snapshot'))
  const servers = computed(() => documents().filter(({ isResource }) => !isResource))
  const pair = computed(() => {
    const [first, second] = servers.value
    return first && second && first.received.issuer === second.received.issuer ? ([first, second] as const) : undefined
  })
  const choices = computed(() => [
    ...(last.value ? [{ value: 'last', title: 'Last reading' }] : []),
    ...(pair.value ? [{ value: 'documents', title: 'Both documents' }] : []),
    { value: 'other', title: isApi() ? 'Another API' : 'Another server' },
  ])
  const kind = computed(() => chosen.value ?? (choices.value[0]!.value as ComparedWith))

  const shown = computed((): ShownComparison | undefined => {
    if (kind.value === 'last' && last.value) {
      const { differences, total, takenAt } = last.value
      return { titles: ['Before', 'Now'], takenAt, differences, total, words: overTime }
    }
    if (kind.value === 'documents' && pair.value) return sideBySide(pair.value[0], pair.value[1])
    const [first] = documents()
    return kind.value === 'other' && first && other.found.value ? sideBySide(first, other.found.value) : undefined
  })

  return { kind, choices, choose: (next: ComparedWith) => (chosen.value = next), shown, other }
}

function sideBySide(before: ShownDocument, after: ShownDocument): ShownComparison {
  const documents: [JsonObject, JsonObject] = [before.received.document, after.received.document]
  const differences = differencesOf(...documents)
  const isOneIssuer = before.received.issuer === after.received.issuer
  const nameOf = ({ title, received }: ShownDocument) => (isOneIssuer ? title : received.issuer)
  return { titles: [nameOf(before), nameOf(after)], differences, total: differences.length, documents, words: besides }
}

/** Another server or API, discovered beside the shown one. */
function useOther(isApi: () => boolean) {
  const runs = useRuns()
  const readText = useDiscoveryTarget()
  const text = ref('')
  const isBusy = ref(false)
  const problem = shallowRef<Problem>()
  const found = shallowRef<ShownDocument>()

  async function discover(): Promise<void> {
    isBusy.value = true
    problem.value = undefined
    found.value = undefined
    try {
      const { input } = await readText(text.value.trim(), isApi())
      const isServer = input.operation === 'discover'
      const run = await runs.startAside(
        isServer ? { ...input, parameters: { ...input.parameters, keys: false } } : input,
      )
      const [document] = documentsOf(run)
      if (document) found.value = document
      else problem.value = run.problem ?? problemOf('metadata-not-found', 'Nothing was found there.')
    } catch (error) {
      problem.value = toProblem(error)
    } finally {
      isBusy.value = false
    }
  }

  return { text, isBusy, problem, found, discover }
}

/** A document as text whose order tells nothing: names and lists of texts stand in the order of the alphabet. */
export function sortedText(document: JsonObject): string {
  return JSON.stringify(
    document,
    (_name, value: unknown) => {
      if (Array.isArray(value)) return value.every((one) => typeof one === 'string') ? [...value].sort() : value
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    },
    2,
  )
}
