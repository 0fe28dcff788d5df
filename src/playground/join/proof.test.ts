import { expect, test } from 'vitest'
import type { PlaygroundSecrets } from '../state/playground-state.ts'
import { isNonce, isProven, proofFor } from './proof.ts'

const state: PlaygroundSecrets = {
  version: 1,
  cookieKeys: ['a-cookie-key'],
  clientSecrets: { confidential: 's3cret-one', 'confidential-post': 's3cret-two' },
}
const nonce = 'ab'.repeat(32)
const ports = { port: 7420, telnyxPort: 7421 }

test('a proof holds for its nonce, its ports and its state, and for nothing else', () => {
  const answer = proofFor(state, nonce, ports)
  expect(answer).toEqual({ ports, proof: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
  expect(isProven(state, nonce, answer)).toBe(true)
  expect(isProven(state, 'cd'.repeat(32), answer)).toBe(false)
  expect(isProven(state, nonce, { ...answer, ports: { port: 7422, telnyxPort: 7421 } })).toBe(false)
  expect(isProven(state, nonce, { ...answer, ports: { port: 7420, telnyxPort: 7422 } })).toBe(false)
  expect(isProven({ ...state, cookieKeys: ['another'] }, nonce, answer)).toBe(false)
  expect(isProven({ ...state, clientSecrets: { ...state.clientSecrets, confidential: 'x' } }, nonce, answer)).toBe(
    false,
  )
})

test.each(['', 'ab', 'zz'.repeat(32), `${'ab'.repeat(32)}00`])('what is no proof proves nothing: %s', (proof) => {
  expect(isProven(state, nonce, { ports, proof })).toBe(false)
})

test('nonces are long and of one alphabet', () => {
  expect(isNonce(nonce)).toBe(true)
  for (const value of ['', 'ab', `${nonce} `, 'ab'.repeat(65), 'xy'.repeat(32)]) expect(isNonce(value)).toBe(false)
})
