import type { TokenVerdict } from './bench/verdict.ts'
import { maskOf } from './mask.ts'
import type { Run } from './run.ts'

/** A verdict with the mask of the token it is about. */
export interface ReportedVerdict extends TokenVerdict {
  masked: string
}

/** What a report says of tokens that were judged: the members of the last verdict also stand in the report itself. */
export interface VerdictReport extends Partial<TokenVerdict> {
  /** every token that was judged, in order */
  verdicts: ReportedVerdict[]
}

/** What was judged in a run; a run without a verdict has an empty list and nothing else. */
export function verdictReportOf({ verdicts }: Run): VerdictReport {
  const all = verdicts.map(({ fingerprint, verdict }) => ({ masked: maskOf(fingerprint), ...verdict }))
  return { ...verdicts.at(-1)?.verdict, verdicts: all }
}
