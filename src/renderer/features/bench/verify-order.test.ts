import { expect, it } from 'vitest'
import type { InspectedToken } from '../../../contract/bench/inspection.ts'
import { problemOf } from '../../../contract/problem.ts'
import {
  furtherParameters,
  hostOf,
  isOnThisMachine,
  likelyKeys,
  verifyParameters,
  wantsSecondYes,
  type VerifyChoices,
} from './verify-order.ts'

const choices: VerifyChoices = {
  keys: 'issuer',
  jwks: 'typed keys',
  secret: 'typed secret',
  audience: '',
  when: 'now',
  time: ' 1700000000 ',
  more: {},
  usesProfile: false,
  allowPrivate: false,
}
const token = (more: Partial<InspectedToken>) => ({ form: 'jws', ...more }) as InspectedToken

it('sends only what belongs to the chosen keys, and asks the token’s issuer only when it is the one', () => {
  expect(verifyParameters(choices)).toEqual({ ask_issuer: true })
  expect(verifyParameters({ ...choices, allowPrivate: true })).toEqual({ ask_issuer: true, allow_private: true })
  expect(verifyParameters({ ...choices, usesProfile: true, allowPrivate: true })).toEqual({})
  expect(verifyParameters({ ...choices, more: { issuer: 'https://as.test' } })).toEqual({ issuer: 'https://as.test' })
  expect(verifyParameters({ ...choices, keys: 'given' })).toEqual({ jwks: 'typed keys' })
  expect(verifyParameters({ ...choices, keys: 'secret' })).toEqual({ secret: 'typed secret' })
  expect(verifyParameters({ ...choices, keys: 'none' })).toEqual({})
})

it('judges as of now, of a time, or of when the token was sent', () => {
  const of = (when: VerifyChoices['when'], seenAt?: string) =>
    verifyParameters({ ...choices, keys: 'none', when }, seenAt).at
  expect([of('now'), of('time'), of('sent', '2026-01-31T12:00:00Z'), of('sent')]).toEqual([
    undefined,
    '1700000000',
    '2026-01-31T12:00:00Z',
    undefined,
  ])
})

it('proposes the keys that fit the token', () => {
  const claimsJson = { iss: 'https://as.test' }
  expect(likelyKeys(token({ headerJson: { alg: 'RS256' }, claimsJson }))).toBe('issuer')
  expect(likelyKeys(token({ headerJson: { alg: 'HS256' }, claimsJson }))).toBe('secret')
  expect(likelyKeys(token({ headerJson: { alg: 'RS256' }, claimsJson: { iss: 'accounts' } }))).toBe('given')
  expect(likelyKeys(token({ form: 'malformed', headerJson: { alg: 'RS256' } }))).toBe('given')
  expect(likelyKeys(token({ form: 'malformed' }))).toBe('none')
  expect(likelyKeys(token({ form: 'jwe', headerJson: { alg: 'dir' }, claimsJson }))).toBe('none')
})

it.each([
  ['https://login.example:8443/t', 'login.example:8443', false],
  ['http://127.0.0.1:7420', '127.0.0.1:7420', true],
  ['https://me:secret@login.example', undefined, false],
  ['javascript:alert(1)', undefined, false],
  [{ a: 1 }, undefined, false],
])('names the host of %j', (issuer, host, isHere) => {
  expect([hostOf(issuer), isOnThisMachine(issuer)]).toEqual([host, isHere])
})

it('asks again only where the engine says that a second yes is wanted', () => {
  const problem = problemOf('keys-unavailable', 'private', { whatToDo: ['If you know it, allow it (allow_private).'] })
  expect([
    wantsSecondYes(problem),
    wantsSecondYes(problemOf('keys-unavailable', 'gone')),
    wantsSecondYes(undefined),
  ]).toEqual([true, false, false])
})

it('draws what has no control of its own, and nothing of endpoints and connection', () => {
  const parameter = (name: string, group?: 'connection') => ({
    name,
    title: name,
    type: 'text' as const,
    hint: '',
    ...(group ? { group } : {}),
  })
  expect(furtherParameters([parameter('token'), parameter('nonce'), parameter('proxy', 'connection')])).toEqual([
    parameter('nonce'),
  ])
})
