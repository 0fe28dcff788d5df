import { expect, it } from 'vitest'
import type { ReceivedMetadata } from '../../../contract/events.ts'
import { emptyRun, type Run } from '../../../contract/run.ts'
import { fieldLinesOf } from './field-list.ts'
import { certificateEndOf, keyTypeOf, tokensByKid } from './key-words.ts'
import { documentsOf, findingsByField, placeOfFinding } from './shown-documents.ts'
import { sortedText } from './use-comparison.ts'

const issuer = 'https://as.example.test'
const received = (exchange: string, more: Partial<ReceivedMetadata> = {}): ReceivedMetadata => ({
  exchange,
  issuer,
  location: `${issuer}/.well-known/openid-configuration`,
  document: { issuer },
  ...more,
})
const run: Run = {
  ...emptyRun('run-1'),
  metadata: [
    received('e1'),
    received('e2', { location: `${issuer}/.well-known/oauth-authorization-server` }),
    received('e3', { kind: 'protected-resource', issuer: 'https://api.example.test' }),
  ],
  keySets: [{ exchange: 'e4', location: `${issuer}/jwks`, total: 2, keys: [], faults: [], counts: {} }],
}
const finding = (evidence: { exchange?: string; pointer?: string }) => ({
  rule: 'metadata.wrong-type',
  severity: 'error' as const,
  title: '',
  explanation: 'wrong',
  remedy: '',
  specification: '',
  evidence: [{ label: 'it', value: 'x', ...evidence }],
})

it('names documents by where they lie, and by server when there are several', () => {
  expect(documentsOf(run).map(({ title }) => title)).toEqual(['OpenID configuration', 'OAuth metadata', 'Resource'])
  const two = { metadata: [received('e1'), received('e2', { issuer: 'https://two.example.test' })] }
  expect(documentsOf(two).map(({ title }) => title)).toEqual([
    'OpenID configuration of as.example.test',
    'OpenID configuration of two.example.test',
  ])
})

it('finds the field or key that a finding is about', () => {
  expect(placeOfFinding(run, finding({ exchange: 'e2', pointer: '/token_endpoint/0' }))).toEqual({
    tab: 'fields',
    document: 1,
    field: 'token_endpoint',
  })
  expect(placeOfFinding(run, finding({ exchange: 'e1', pointer: '/a~1b~0c' }))?.field).toBe('a/b~c')
  expect(placeOfFinding(run, finding({ exchange: 'e4', pointer: '/keys/1/d' }))).toMatchObject({ tab: 'keys', key: 1 })
  expect(placeOfFinding(run, finding({ exchange: 'e4', pointer: '' }))).toEqual({ tab: 'keys', document: 0 })
  expect(placeOfFinding(run, finding({ exchange: 'other', pointer: '/x' }))).toBeUndefined()
  expect(placeOfFinding(run, finding({ exchange: 'e1' }))).toBeUndefined()
})

it('gathers findings at their fields, of one document only', () => {
  const findings = [finding({ exchange: 'e1', pointer: '/issuer' }), finding({ exchange: 'e2', pointer: '/issuer' })]
  expect(findingsByField(run, findings, 1).get('issuer')).toEqual([findings[1]])
})

it('lists fields below their headings, filtered by name, value and meaning', () => {
  const document = { issuer, vendor_thing: ['one', 'two'] }
  const names = (text: string, hidesAbsent = false) =>
    fieldLinesOf(document, false, { text, hidesAbsent }).flatMap((line) =>
      line.kind === 'field' ? [line.row.name] : [],
    )
  expect(names('', true)).toEqual(['issuer', 'response_types_supported', 'vendor_thing'])
  expect(names('')).toContain('grant_types_supported')
  expect(names('one, two')).toEqual(['vendor_thing'])
  expect(names('stands in every token')).toEqual(['issuer'])
  expect(fieldLinesOf(document, false, { text: 'nothing is like this', hidesAbsent: false })).toEqual([])
  expect(fieldLinesOf({}, false, { text: 'issuer', hidesAbsent: true })[1]).toMatchObject({ row: { name: 'issuer' } })
})

it('tells a key by its type, its end and what it signed', () => {
  expect(keyTypeOf({ index: 0, kty: 'RSA', bits: 2048 })).toBe('RSA 2048')
  expect(keyTypeOf({ index: 0, kty: 'EC', curve: 'P-256' })).toBe('EC P-256')
  expect(keyTypeOf({ index: 0, kty: '' })).toBe('unknown')
  const certificates = [{ subject: '', validFrom: '', validTo: '2030-01-01T00:00:00Z', fingerprint256: '' }]
  expect(certificateEndOf({ index: 0, kty: 'RSA', certificates })).toBe(Date.parse('2030-01-01'))
  expect(certificateEndOf({ index: 0, kty: 'RSA' })).toBeUndefined()
  const token: Run['tokens'][number] = {
    kind: 'id_token',
    format: 'jwt',
    fingerprint: 'a91c',
    length: 800,
    header: { kid: 'a' },
    claims: { iss: issuer },
    receivedAt: '2026-01-01T00:00:00Z',
    exchange: 'e1',
  }
  const runs = [{ ...emptyRun('run-3'), number: 3, tokens: [token] }]
  expect([...tokensByKid(runs, [issuer])]).toEqual([['a', 'ID token of run 3']])
  expect([...tokensByKid(runs, ['https://other.example.test'])]).toEqual([])
})

it('writes documents so that order makes no difference', () => {
  expect(sortedText({ b: ['y', 'x'], a: { d: 1, c: 2 } })).toBe(sortedText({ a: { c: 2, d: 1 }, b: ['x', 'y'] }))
})
