import { expect, it } from 'vitest'
import type { TokenCheck, TokenVerdict } from '../../../contract/bench/verdict.ts'
import { checksBySubject, partsOf, standingLooks, standingOf, verdictTitles } from './verdict-words.ts'

const check = (id: string, holds: boolean | null, more: Partial<TokenCheck> = {}): TokenCheck => ({
  id,
  subject: 'claims',
  title: id,
  holds,
  expected: '',
  actual: '',
  section: 'RFC 7519',
  ...more,
})

it('tells each standing by an icon and words of its own, not by colour alone', () => {
  const icons = Object.values(standingLooks).map(({ icon }) => icon)
  expect(new Set(icons).size).toBe(icons.length)
  const [valid, invalid, open] = [verdictTitles.valid, verdictTitles.invalid, verdictTitles['not-verified']]
  expect(new Set([valid, invalid, open].map(({ standing }) => standing)).size).toBe(3)
})

it('holds what is discouraged apart from what fails, and what was not checked from both', () => {
  expect([true, false, null].map((holds) => standingOf(check('a', holds)))).toEqual(['good', 'bad', 'untold'])
  expect(standingOf(check('a', false, { isAdvice: true }))).toBe('advice')
})

it('shows signature, time and claims apart, and of each subject what fails first', () => {
  const verdict: TokenVerdict = {
    verdict: 'invalid',
    headline: 'Genuine, expired 2 h ago',
    signature: { state: 'genuine', reason: 's' },
    time: { state: 'expired', reason: 't' },
    claims: { state: 'not-verified', reason: 'c' },
    reason: 't',
    checks: [check('one', true), check('two', null), check('three', false), check('exp', false, { subject: 'time' })],
    at: '2026-01-31T12:00:00Z',
    keysFrom: 'given',
  }
  expect(partsOf(verdict).map(({ words, standing }) => [words, standing])).toEqual([
    ['genuine', 'good'],
    ['expired', 'bad'],
    ['not verified', 'untold'],
  ])
  expect(checksBySubject(verdict).map(({ title, checks }) => [title, checks.map(({ id }) => id)])).toEqual([
    ['Time', ['exp']],
    ['Claims', ['three', 'two', 'one']],
  ])
})
