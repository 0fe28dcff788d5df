import { expect, test } from 'vitest'
import type { TokenCheck } from '../contract/bench/verdict.ts'
import type { ReportedVerdict } from '../contract/verdict-report.ts'
import { createPaint } from './paint.ts'
import { verdictLines } from './verdict-lines.ts'

const now = new Date('2026-01-01T12:00:00Z')
const check = (holds: boolean | null, more: Partial<TokenCheck> = {}): TokenCheck => ({
  id: 'jwt.aud',
  subject: 'claims',
  title: 'It is for us',
  holds,
  expected: 'api',
  actual: 'web',
  section: 'RFC 7519 §4.1.3',
  ...more,
})
const verdict = (more: Partial<ReportedVerdict>): ReportedVerdict => ({
  masked: '●●●● #a91c',
  verdict: 'invalid',
  headline: 'Genuine, expired 1 h ago',
  signature: { state: 'genuine', reason: 'It fits.' },
  time: { state: 'expired', reason: 'It ended.' },
  claims: { state: 'not-verified', reason: 'Nothing was asked.' },
  reason: 'It ended.',
  checks: [],
  at: '2026-01-01T11:00:00.000Z',
  keysFrom: '',
  ...more,
})
const textOf = (more: Partial<ReportedVerdict>) =>
  verdictLines([verdict(more)], createPaint({}), now).map(({ painted }) => painted)

test('the headline stands first, then signature, time and claims apart, and where the keys came from', () => {
  expect(textOf({ keysFrom: 'https://as.test/jwks', kid: 'k1' })).toEqual([
    'Genuine, expired 1 h ago  ●●●● #a91c',
    '  signature  genuine       It fits.',
    '  time       expired       It ended.',
    '  claims     not-verified  Nothing was asked.',
    '  judged as of 1 h ago (2026-01-01 11:00:00Z); keys from https://as.test/jwks, key k1',
    '',
  ])
  expect(textOf({ keysFrom: 'given' })[4]).toBe('  judged as of 1 h ago (2026-01-01 11:00:00Z); keys as given')
  expect(verdictLines([], createPaint({}), now)).toEqual([])
})

test('every check is a line with a sign: holds, does not, discouraged only, could not be told', () => {
  const checks = [
    check(true),
    check(false, { why: 'It is another.' }),
    check(false, { isAdvice: true }),
    check(null, { why: 'No audience was named.' }),
    check(null),
  ]
  expect(textOf({ checks }).slice(5, -1)).toEqual([
    '  ✓ It is for us: web  [RFC 7519 §4.1.3]',
    '  ✗ It is for us: expected api, it is web. It is another.  [RFC 7519 §4.1.3]',
    '  ! It is for us: expected api, it is web. Discouraged only.  [RFC 7519 §4.1.3]',
    '  ? It is for us: No audience was named.  [RFC 7519 §4.1.3]',
    '  ? It is for us: it could not be told, it is web  [RFC 7519 §4.1.3]',
  ])
})

test("a stranger's text in a check does nothing to the terminal", () => {
  const lines = textOf({ checks: [check(false, { actual: 'a\u001b]0;x\u0007\n' })], kid: '\u202e' })
  expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u202e]/)
})
