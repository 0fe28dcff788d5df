import type { Fingerprint } from '../mask.ts'

/** One thing that was checked. */
export interface TokenCheck {
  /** the rule's id, such as `jwt.exp`, `idtoken.aud`, `at.typ` */
  id: string
  subject: 'signature' | 'time' | 'claims'
  title: string
  /** null: it could not be told, `why` says the reason */
  holds: boolean | null
  expected: string
  actual: string
  why?: string
  section: string
  /** a failing one does not make the token invalid: it is discouraged only */
  isAdvice?: true
}

/** What is to be said of a token. `not-verified` is never an invalid one: something could not be checked. */
export interface TokenVerdict {
  verdict: 'valid' | 'invalid' | 'not-verified'
  /** such as `Genuine, expired 3 h 12 m ago`; signature, time and audience apart */
  headline: string
  signature: { state: 'genuine' | 'forged' | 'not-verified'; reason: string }
  time: { state: 'current' | 'expired' | 'not-yet' | 'not-said' | 'not-verified'; reason: string }
  claims: { state: 'fit' | 'differ' | 'not-verified'; reason: string }
  /** the one reason that counts most */
  reason: string
  checks: TokenCheck[]
  /** ISO time as of which it was judged */
  at: string
  /** where the keys came from: an address, `given`, or empty */
  keysFrom: string
  /** the key that fits */
  kid?: string
}

/** A verdict with the token it is about. */
export interface VerifiedToken {
  fingerprint: Fingerprint
  verdict: TokenVerdict
}
