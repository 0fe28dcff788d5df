import type { JsonObject } from '../json.ts'
import type { TokenCheck } from './verdict.ts'

/** What a token is judged as: an ID token and an access token have rules of their own. */
export type JudgedUse = 'id_token' | 'access_token' | 'other'

/** What came out of checking a signature, told without the token and the keys. */
export interface SignatureFacts {
  state: 'genuine' | 'forged' | 'not-verified'
  reason: string
  /** a few words for the headline, such as `no key had the kid abc`; empty when it is genuine */
  words: string
  /** a recipient must refuse such a token without looking for a key */
  isRefused?: true
  /** it is meant for another party: nobody else can check it, so nothing about it makes it invalid */
  isForOthers?: true
  /** a server was asked for its keys and they could not be had: another time it may be told */
  isUnavailable?: true
  /** without the lines' subject: all of them are about the signature */
  checks: TokenCheck[]
  /** where the keys came from: an address, `given`, or empty */
  keysFrom: string
  kid?: string
}

/** What somebody asked the token to be; what is left out was not asked. */
export interface AskedOfToken {
  /** exactly as `iss` must be */
  issuer?: string
  audience?: string
  client_id?: string
  nonce?: string
  sub?: string
  /** seconds between sign-in and issuing */
  max_age?: number
  /** words, one of which must be the `acr` */
  acr_values?: string
}

/** The hash that a claim must be; null: with this algorithm it cannot be told. */
export interface ExpectedHashes {
  at_hash?: string | null
  c_hash?: string | null
}

/** How far a server's clock is from this machine's, when the token was looked at. */
export interface ServerSkew {
  /** positive: the server's clock is ahead */
  milliseconds: number
  uncertaintyMs: number
}

/** Header and claims as they were read, with how long the token is. */
export interface ReadClaims {
  header: JsonObject
  claims: JsonObject
  characters: number
}

/** Everything a verdict is made of. Plain JSON: whoever has it later comes to the same verdict. */
export interface JudgedFacts {
  /** null: there are no claims that can be read */
  token: ReadClaims | null
  /** why there are none */
  unreadable?: string
  use: JudgedUse
  signature: SignatureFacts
  /** ISO time as of which it is judged */
  at: string
  toleranceSeconds: number
  asked: AskedOfToken
  hashes: ExpectedHashes
  skew?: ServerSkew
}
