import type { Json, JsonObject } from '../json.ts'
import type { Fingerprint } from '../mask.ts'
import type { Problem } from '../problem.ts'

/** What a text that somebody pasted, dropped or named turned out to be. */
export type RecognisedAs =
  'token' | 'token-response' | 'authorization-header' | 'callback-address' | 'curl' | 'har' | 'capsule' | 'nothing'

/** A part of a token, as far as it can be read. */
export interface TokenSegment {
  name: 'header' | 'payload' | 'signature' | 'encrypted-key' | 'iv' | 'ciphertext' | 'tag'
  /** characters of the encoded segment */
  characters: number
  /** bytes it decodes to; absent when it cannot be decoded */
  bytes?: number
  /** pretty JSON where it is JSON, bounded; shown through the viewer */
  text?: string
}

/** What is wrong with the form of a token, with its place. */
export interface TokenFault {
  /** `base64url`, `json`, `duplicate-key`, `utf8`, `not-an-object`, `segments`, `too-large`, `control-characters` … */
  id: string
  detail: string
  segment?: TokenSegment['name']
  /** character within the encoded segment, or within its decoded text where `inDecoded` */
  offset?: number
  inDecoded?: boolean
  /** JSON pointer */
  pointer?: string
  specification?: string
}

/** Whose word a claim is. */
export type ClaimFamily = 'jose' | 'jwt' | 'access-token' | 'openid' | 'vendor' | 'unknown'

/** One member of a header or of the claims, as a person reads it. */
export interface ClaimRow {
  name: string
  /** bounded; the whole value is in the segment's text */
  value: Json
  family: ClaimFamily
  /** what it means, in one sentence; absent for what nobody registered */
  meaning?: string
  section?: string
  shape: 'text' | 'time' | 'words' | 'list' | 'flag' | 'number' | 'json'
  /** of a time: ISO; null when the number is no time that can be told */
  time?: string | null
  /** what is wrong with this one, each in one sentence */
  faults: string[]
}

/** A token, read and not judged. */
export interface InspectedToken {
  /** names its clear value in this session (`reveal`) */
  fingerprint: Fingerprint
  /** what it was called where it was found, such as `access_token` */
  label: string
  form: 'jws' | 'jwe' | 'unsecured' | 'opaque' | 'malformed'
  /** what it most likely is, and why */
  use:
    | 'id_token'
    | 'access_token'
    | 'refresh_token'
    | 'code'
    | 'logout_token'
    | 'client-assertion'
    | 'dpop-proof'
    | 'unknown'
  because: string
  characters: number
  segments: TokenSegment[]
  header: ClaimRow[]
  claims: ClaimRow[]
  /** header and claims as they were read, bounded, for comparing */
  headerJson?: JsonObject
  claimsJson?: JsonObject
  faults: TokenFault[]
  /** a token inside of this one, such as a nested JWT */
  inner?: InspectedToken
  /** what a reader should know, such as that it is meant for another party */
  notes: string[]
  /** ISO time at which it was on its way, where the text tells, as a HAR does */
  seenAt?: string
  /** ISO times */
  expiresAt?: string
  notBefore?: string
  issuedAt?: string
}

/** What was found in a text. */
export interface Inspection {
  recognised: RecognisedAs
  /** one sentence that says how it was read */
  read: string
  tokens: InspectedToken[]
  /** what else stood there, such as scope, state or an error; secrets masked */
  members: { name: string; value: string }[]
  /** what kept a part from being read */
  problems: Problem[]
}
