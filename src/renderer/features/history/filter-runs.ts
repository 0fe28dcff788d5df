import type { RunSummary } from '../../../contract/commands.ts'

/** What the list is narrowed to; an empty value lets everything through. */
export interface RunFilter {
  /** words that all stand in number, title, operation, profile, outcome or note */
  text: string
  profile: string
  operation: string
  outcome: string
  pinned: boolean
}

/** Lets everything through. */
export const emptyFilter: RunFilter = { text: '', profile: '', operation: '', outcome: '', pinned: false }

/** What stands for runs without a profile in a filter: no profile can have this name. */
export const withoutProfile = '(none)'

/** Whether a filter lets everything through. */
export function isEmptyFilter(filter: RunFilter): boolean {
  return !filter.text.trim() && !filter.profile && !filter.operation && !filter.outcome && !filter.pinned
}

/** The runs that a filter lets through, in their order. */
export function filterRuns(runs: readonly RunSummary[], filter: RunFilter): RunSummary[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return runs.filter(
    (run) =>
      (!filter.profile || (run.profile ?? withoutProfile) === filter.profile) &&
      (!filter.operation || run.operation === filter.operation) &&
      (!filter.outcome || run.outcome === filter.outcome) &&
      (!filter.pinned || run.pinned === true) &&
      words.every((word) => textOf(run).includes(word)),
  )
}

/** What the list can be narrowed to: each value that occurs, with its title, in order of the alphabet. */
export function filterChoices(runs: readonly RunSummary[]) {
  const operations = new Map(runs.map(({ operation, title }) => [operation, title]))
  return {
    profiles: [...new Set(runs.map(({ profile }) => profile ?? withoutProfile))].sort(),
    operations: [...operations].sort(([, one], [, other]) => one.localeCompare(other)),
    outcomes: [...new Set(runs.map(({ outcome }) => outcome))].sort(),
  }
}

function textOf({ number, title, operation, profile, outcome, note = '' }: RunSummary): string {
  return `${number} ${title} ${operation} ${profile ?? ''} ${outcome} ${note}`.toLowerCase()
}
