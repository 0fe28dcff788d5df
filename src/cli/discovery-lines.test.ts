import { expect, test } from 'vitest'
import type { JsonObject } from '../contract/json.ts'
import { checkKeys } from '../contract/keys/check-keys.ts'
import { reportOf } from '../contract/report.ts'
import { emptyRun, type Run } from '../contract/run.ts'
import { discoveryLines } from './discovery-lines.ts'
import { createPaint } from './paint.ts'

const issuer = 'https://as.test'
const textOf = (change: Partial<Run>) =>
  discoveryLines(reportOf({ ...emptyRun('r'), operation: 'discover', ...change }), createPaint({}))
    .map(({ painted }) => painted)
    .join('\n')

const received = (document: JsonObject) => ({ exchange: '1', location: `${issuer}/x`, issuer, document })

test('capabilities with their defaults, endpoints and where they were found are told', () => {
  const text = textOf({
    locations: [
      {
        exchange: '1',
        kind: 'authorization-server',
        location: `${issuer}/x`,
        specification: 'RFC 8414 §3',
        outcome: 'other-issuer',
        status: 200,
        names: 'https://other.test',
      },
    ],
    metadata: [received({ issuer, token_endpoint: `${issuer}/token`, code_challenge_methods_supported: ['plain'] })],
  })
  expect(text).toMatch(/200 of another: https:\/\/other\.test +https:\/\/as\.test\/x +RFC 8414 §3/)
  expect(text).toMatch(/Grants +authorization_code, implicit \(by default\)/)
  expect(text).toMatch(/PKCE +plain \(without S256\)/)
  expect(text).toMatch(/token_endpoint +https:\/\/as\.test\/token/)
})

test('of many keys and changes the first are told, and how many there are', () => {
  const keys = Array.from({ length: 30 }, (_, index) => ({ kty: 'OKP', crv: 'Ed25519', kid: `k${index}` }))
  const differences = Array.from({ length: 25 }, (_, index) => ({
    kind: 'changed' as const,
    pointer: `/f${index}`,
    before: 'a'.repeat(500),
    after: 'b',
  }))
  const text = textOf({
    keySets: [{ exchange: '2', location: `${issuer}/jwks`, ...checkKeys({ keys }) }],
    comparisons: [{ issuer, with: 'file', file: 'was.json', takenAt: '', differences, total: 40 }],
  })
  expect(text).toContain('Keys (30)  https://as.test/jwks')
  expect(text).toContain('k19')
  expect(text).not.toContain('k20')
  expect(text).toContain('and 10 more')
  expect(text).toContain('Compared with was.json')
  expect(text).toMatch(/changed {2}\/f0 {2}a{120}… → b/)
  expect(text).toContain('and 20 more')
})

test('nothing that a server says reaches the terminal as it is', () => {
  const text = textOf({ metadata: [received({ issuer, token_endpoint: `${issuer}/\u001b[2Jx` })] })
  expect(text).not.toContain('\u001b')
})

test('a run that found nothing out has no headings', () => {
  expect(textOf({})).toBe('')
})
