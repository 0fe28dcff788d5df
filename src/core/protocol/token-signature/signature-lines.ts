import { prefixOf } from '../../../contract/bench/time-checks.ts'
import type { JudgedUse, SignatureFacts } from '../../../contract/bench/judged-facts.ts'
import type { TokenCheck } from '../../../contract/bench/verdict.ts'

/** A line about the signature; `rule` without the word before its dot. */
export interface SignatureLine {
  rule: string
  title: string
  section: string
  holds: boolean | null
  expected: string
  actual: string
  why?: string
  isAdvice?: true
}

const ofIdToken = new Set(['signature', 'alg-none', 'alg-unexpected', 'kid-unknown'])

/** The line as a verdict has it: rules that ID tokens have for themselves bear their name. */
export function toCheck(use: JudgedUse, { rule, ...line }: SignatureLine): TokenCheck {
  const prefix = ofIdToken.has(rule) ? prefixOf(use) : 'jwt'
  return { id: `${prefix}.${rule}`, subject: 'signature', ...line }
}

/** What came out, before it is told as checks. */
export interface SignatureOutcome extends Omit<SignatureFacts, 'checks'> {
  lines: SignatureLine[]
}

/** The line that says whether the signature itself holds. */
export function signatureLine(holds: boolean | null, alg: string, why?: string): SignatureLine {
  return {
    rule: 'signature',
    title: 'It was signed with the key',
    section: 'RFC 7515 §5.2',
    holds,
    expected: alg === '' ? 'a signature that fits' : `a signature (${alg}) that fits`,
    actual: holds === null ? 'not checked' : holds ? 'it fits' : 'it does not fit',
    ...(why === undefined ? {} : { why }),
  }
}
