import { assert, asyncProperty, constantFrom, double, pre, record } from 'fast-check'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../contract/json.ts'
import { keysOf } from './candidate-key.ts'
import { checkSignature } from './check-signature.ts'
import { readToken } from './read-token.ts'

const secret = 'a shared secret of more than sixty-four letters, as HS512 wants it to be'
const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=')
const claims = { iss: 'https://as.test', sub: 'alice', exp: 4_000_000_000 }

const change = record({
  which: constantFrom(0, 1, 2, 3),
  place: double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  how: constantFrom('replace', 'insert', 'remove', 'cut', 'swap'),
  letter: constantFrom(...letters),
})

test('a token that was changed anywhere never verifies', async () => {
  const pairs = await Promise.all(['RS256', 'ES256', 'EdDSA'].map((alg) => generateKeyPair(alg, { extractable: true })))
  const keys = (await Promise.all(pairs.map(({ publicKey }) => exportJWK(publicKey)))) as JsonObject[]
  const sign = (alg: string, key: CryptoKey | Uint8Array) => new SignJWT(claims).setProtectedHeader({ alg }).sign(key)
  const tokens = await Promise.all([
    ...['RS256', 'ES256', 'EdDSA'].map((alg, index) => sign(alg, pairs[index]!.privateKey)),
    sign('HS256', new TextEncoder().encode(secret)),
  ])
  const source = { keys: keysOf({ keys }), from: 'given', lines: [] }
  const stateOf = async (token: string) =>
    (await checkSignature({ token: readToken(token), use: 'other', source, secret })).state
  for (const token of tokens) expect(await stateOf(token)).toBe('genuine')
  await assert(
    asyncProperty(change, async ({ which, place, how, letter }) => {
      const token = tokens[which]!
      const index = Math.floor(place * token.length)
      const changed = {
        replace: token.slice(0, index) + letter + token.slice(index + 1),
        insert: token.slice(0, index) + letter + token.slice(index),
        remove: token.slice(0, index) + token.slice(index + 1),
        cut: token.slice(0, index),
        swap: token.slice(0, index) + (token[index + 1] ?? '') + token[index]! + token.slice(index + 2),
      }[how]
      pre(changed !== token)
      expect(await stateOf(changed)).not.toBe('genuine')
    }),
    { numRuns: 400 },
  )
})
