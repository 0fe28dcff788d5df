import { expect, test } from 'vitest'
import type { ClaimRow, InspectedToken, Inspection } from '../contract/bench/inspection.ts'
import { problemOf } from '../contract/problem.ts'
import { inspectionLines } from './inspection-lines.ts'
import { createPaint } from './paint.ts'

const now = new Date('2026-01-01T12:00:00Z')
const fingerprint = 'a91c0000111122223333444455556666'

const row = (name: string, value: ClaimRow['value'], more: Partial<ClaimRow> = {}): ClaimRow => ({
  name,
  value,
  family: 'unknown',
  shape: 'text',
  faults: [],
  ...more,
})
const token = (more: Partial<InspectedToken> = {}): InspectedToken => ({
  fingerprint,
  label: '',
  form: 'jws',
  use: 'id_token',
  because: 'It has a nonce.',
  characters: 90,
  segments: [],
  header: [],
  claims: [],
  faults: [],
  notes: [],
  ...more,
})
const textOf = (inspection: Partial<Inspection>) =>
  inspectionLines(
    { recognised: 'token', read: 'A token.', tokens: [], members: [], problems: [], ...inspection },
    { paint: createPaint({}), now },
  ).map(({ painted }) => painted)

test('a token is rows of claim, value and meaning, with times as distances', () => {
  const claims = [
    row('iss', 'https://as.test', { family: 'jwt', meaning: 'Who issued it.', section: 'RFC 7519 §4.1.1' }),
    row('exp', 1767268800, { family: 'jwt', shape: 'time', time: '2026-01-01T12:00:00.000Z', meaning: 'Its end.' }),
    row('roles', ['a', 'b'], { shape: 'list', family: 'vendor', meaning: 'Roles.' }),
    row('more', { a: 1 }, { shape: 'json' }),
  ]
  expect(textOf({ tokens: [token({ claims })] })).toEqual([
    'A token.',
    '',
    'id_token  ●●●● #a91c  signed (JWS), 90 characters',
    '  id_token: It has a nonce.',
    '  claims',
    '    iss    https://as.test                         Who issued it. [RFC 7519 §4.1.1]',
    '    exp    1767268800, now (2026-01-01 12:00:00Z)  Its end.',
    '    roles  a, b                                    Roles. (vendor)',
    '    more   {"a":1}                                 (not registered)',
  ])
})

test('faults stand with their places, each once, and below the row where they have none', () => {
  const twice = 'It stands twice.'
  const lines = textOf({
    tokens: [
      token({
        form: 'malformed',
        claims: [row('exp', 'soon', { faults: [twice, 'It is a text.'] })],
        faults: [
          { id: 'duplicate-key', detail: twice, segment: 'payload', offset: 12, inDecoded: true, pointer: '/exp' },
          { id: 'base64url', detail: 'It ends early.', segment: 'signature', offset: 3, specification: 'RFC 7515 §2' },
        ],
        notes: ['It is meant for somebody else.'],
      }),
    ],
  })
  expect(lines.slice(2)).toEqual([
    'id_token  ●●●● #a91c  malformed, 90 characters',
    '  id_token: It has a nonce.',
    '  claims',
    '    exp  soon  (not registered)',
    '         ✗ It is a text.',
    '  ✗ duplicate-key (payload, character 12 of its decoded text, /exp): It stands twice.',
    '  ✗ base64url (signature, character 3): It ends early. [RFC 7515 §2]',
    '  note  It is meant for somebody else.',
  ])
})

test("a stranger's text stays in its place, and what is long is cut", () => {
  const lines = textOf({
    tokens: [token({ claims: [row('a\u001b[2J', '\u202eevil\n'), row('long', 'x'.repeat(400))] })],
    members: [{ name: 'state\u0007', value: `a ●●●● #${fingerprint}` }],
  })
  expect(lines.join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  expect(lines.join('\n')).toMatch(/^ {4}a\\e\[2J {2}\\u\{202e\}evil\\n {2,}\(not registered\)$/m)
  expect(lines.join('\n')).toContain('x… (400 characters)')
  expect(lines[1]).toBe('  state\\u{7}  a ●●●● #a91c')
})

test('a token within another stands below it; nothing found says what helps', () => {
  expect(textOf({ tokens: [token({ form: 'jwe', inner: token() })] }).join('\n')).toMatch(
    /encrypted \(JWE\)[^]*within it\n {2}id_token {2}●●●● #a91c {2}signed/,
  )
  const problems = [problemOf('nothing-recognised', 'Nothing stands in it.', { whatToDo: ['Paste a token.'] })]
  expect(textOf({ recognised: 'nothing', problems })).toEqual([
    'Nothing that can be read was found',
    '  Nothing stands in it.',
    '  → Paste a token.',
  ])
})
