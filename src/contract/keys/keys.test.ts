import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { checkKeys } from './check-keys.ts'
import { readKey } from './key-facts.ts'

const rsa = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' }) as JsonObject
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const publicEc = ec.publicKey.export({ format: 'jwk' }) as JsonObject

test.each([1024, 2047, 2048, 3072, 4096])('the size of an RSA key of %d bits is read', (bits) => {
  expect(readKey(rsa(bits), 0).bits).toBe(bits)
})

test('a sound set has no fault', () => {
  const keys: JsonObject[] = [
    { ...rsa(2048), kid: 'a', alg: 'RS256', use: 'sig' },
    { ...publicEc, kid: 'a', alg: 'ES256' },
    { ...publicEc, kid: 'b', use: 'enc', alg: 'ECDH-ES+A128KW' },
    { kty: 'OKP', crv: 'Ed25519', x: 'x', kid: 'c', alg: 'Ed25519', use: 'sig' },
    { kty: 'AKP', kid: 'd', alg: 'ML-DSA-44', pub: 'x' },
  ]
  const facts = checkKeys({ keys })
  expect(facts.faults).toEqual([])
  expect(facts.keys).toHaveLength(5)
  expect(facts.keys[0]).toEqual({ index: 0, kid: 'a', kty: 'RSA', alg: 'RS256', use: 'sig', bits: 2048 })
  expect(checkKeys({ keys: [publicEc] }).faults).toEqual([])
})

const faultsOf = (...keys: Json[]) => checkKeys({ keys }).faults.map(({ rule, pointer }) => [rule, pointer])

test('every fault is found where it stands', () => {
  expect(faultsOf({ ...publicEc, kid: 'a' }, { ...publicEc, kid: 'a' })).toEqual([
    ['jwks.duplicate-kid', '/keys/1/kid'],
  ])
  expect(faultsOf({ ...publicEc, kid: 'a' }, publicEc)).toEqual([['jwks.missing-kid', '/keys/1']])
  expect(faultsOf({ ...(ec.privateKey.export({ format: 'jwk' }) as JsonObject), kid: 'a' })).toEqual([
    ['jwks.private-material', '/keys/0/d'],
  ])
  expect(faultsOf({ kty: 'oct', k: 'c2VjcmV0', kid: 'a' })).toEqual([['jwks.private-material', '/keys/0/k']])
  expect(faultsOf({ ...rsa(1024), kid: 'a' })).toEqual([['jwks.weak-rsa', '/keys/0/n']])
  expect(faultsOf({ kty: 'XYZ', kid: 'a' })).toEqual([['jwks.unknown-kty', '/keys/0/kty']])
  expect(faultsOf({ kty: 'constructor', kid: 'a', alg: 'x' })).toEqual([['jwks.unknown-kty', '/keys/0/kty']])
  expect(faultsOf('no key')).toEqual([['jwks.unknown-kty', '/keys/0/kty']])
  expect(faultsOf({ ...publicEc, kid: 'a', alg: 'RS256' })).toEqual([['jwks.alg-use-conflict', '/keys/0/alg']])
  expect(faultsOf({ ...publicEc, kid: 'a', alg: 'ES256', use: 'enc' })).toEqual([
    ['jwks.alg-use-conflict', '/keys/0/alg'],
  ])
  expect(faultsOf({ ...publicEc, kid: 'a', alg: 'ECDH-ES', use: 'sig' })).toEqual([
    ['jwks.alg-use-conflict', '/keys/0/alg'],
  ])
  expect(faultsOf()).toEqual([['jwks.empty', '/keys']])
})

test.each([null, [], 'text', 5, {}, { keys: {} }])('%j is no key set', (document) => {
  expect(checkKeys(document as Json).faults.map(({ rule }) => rule)).toEqual(['jwks.not-json'])
})

test('of 40,000 keys all are looked at, and little is kept', () => {
  const keys = Array.from({ length: 40_000 }, (_, index) => ({ ...publicEc, kid: `k${index % 39_000}` }))
  const facts = checkKeys({ keys })
  expect(facts.total).toBe(40_000)
  expect(facts.counts).toEqual({ 'jwks.duplicate-kid': 1000 })
  expect(facts.faults).toHaveLength(20)
  expect(facts.keys).toHaveLength(100)
})

test('hostile texts are bounded', () => {
  const { kid } = readKey({ kty: 'EC', kid: 'x'.repeat(1_000_000) }, 0)
  expect(kid).toHaveLength(256)
})
