import { createHmac, timingSafeEqual } from 'node:crypto'
import { describePlayground, type PlaygroundPorts } from '../describe-playground.ts'
import type { PlaygroundSecrets } from '../state/playground-state.ts'

/** Where a playground proves that it is the one of a data folder. */
export const proofPath = '/.well-known/grantlab-playground'

/** What it answers there. */
export interface ProofAnswer {
  ports: PlaygroundPorts
  /** HMAC-SHA-256 in hex */
  proof: string
}

/** Whether a text can be a nonce: 32 to 128 hexadecimal digits. */
export function isNonce(value: string): boolean {
  return /^[0-9a-f]{32,128}$/.test(value)
}

/** The proof for a nonce that a playground with this state listens at these ports. */
export function proofFor(state: PlaygroundSecrets, nonce: string, ports: PlaygroundPorts): ProofAnswer {
  return { ports, proof: hmacOf(state, nonce, ports).toString('hex') }
}

/** Whether an answer proves that. SECURITY: compared in constant time. */
export function isProven(state: PlaygroundSecrets, nonce: string, { ports, proof }: ProofAnswer): boolean {
  const expected = hmacOf(state, nonce, ports)
  const given = Buffer.from(proof, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/**
 * SECURITY: the nonce makes each proof good once, the ports make it good at this address only (who took a port may pass
 * the question on), and the key is one way from what never leaves the state's file. What the playground offers is part of
 * it, so that one of another version, with other clients or addresses, is not taken for one of this.
 */
function hmacOf(state: PlaygroundSecrets, nonce: string, ports: PlaygroundPorts): Buffer {
  const [cookieKey = ''] = state.cookieKeys
  if (cookieKey === '') throw new Error('The state has no key to prove anything with.')
  const key = createHmac('sha256', cookieKey).update('proof of a running playground').digest()
  return createHmac('sha256', key)
    .update(JSON.stringify([nonce, ports, describePlayground(state, ports)]))
    .digest()
}
