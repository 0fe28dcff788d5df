import type { RecognisedAs } from '../../contract/bench/inspection.ts'
import type { Problem } from '../../contract/problem.ts'

/** A token as it stood in a text, in clear. */
export interface FoundToken {
  value: string
  /** what it was called there, such as `access_token`; empty when it stood alone */
  label: string
  /** where, for a person, when there are several places */
  place?: string
  /** ISO time at which it was on its way, where the text tells */
  seenAt?: string
}

/** What a text turned out to hold, in clear: it must be masked before it goes anywhere. */
export interface Found {
  recognised: RecognisedAs
  read: string
  tokens: FoundToken[]
  members: { name: string; value: string }[]
  problems: Problem[]
}

/** A finding of this kind, with nothing in it but what is given. */
export function found(recognised: RecognisedAs, read: string, parts: Partial<Found> = {}): Found {
  return { tokens: [], members: [], problems: [], ...parts, recognised, read }
}
