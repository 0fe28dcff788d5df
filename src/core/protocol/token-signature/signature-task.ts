import type { JudgedUse } from '../../../contract/bench/judged-facts.ts'
import type { JsonObject } from '../../../contract/json.ts'
import type { CandidateKey } from './candidate-key.ts'
import type { ReadToken } from './read-token.ts'
import type { SignatureLine } from './signature-lines.ts'

/** Keys that a signature is checked with, and where they are from. */
export interface KeySource {
  keys: CandidateKey[]
  /** an address, or `given` */
  from: string
  /** asks once more, for a key that is not among them */
  again?: () => Promise<CandidateKey[]>
  /** what was noticed of them */
  lines: SignatureLine[]
  /** what the server says it signs ID tokens with */
  algorithms?: string[]
}

/** Why there are no keys. */
export interface LackingKeys {
  lacking: string
  /** for the headline */
  words: string
  /** a server was asked for them */
  isUnavailable?: true
}

/** What a signature is checked with. */
export interface SignatureTask {
  token: ReadToken
  use: JudgedUse
  /** why there are no keys, when there are none */
  source: KeySource | LackingKeys
  /** a secret that the token's maker shares */
  secret?: string | undefined
}

/** A task whose token has a header, and which got past what must be refused. */
export interface OpenTask {
  token: ReadToken
  header: JsonObject
  alg: string
  source: KeySource
  use: JudgedUse
}
