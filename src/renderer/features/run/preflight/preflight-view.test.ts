import { expect, it } from 'vitest'
import { alignAddresses } from '../../../../contract/preflight/align-texts.ts'
import type { PreflightCheck } from '../../../../contract/preflight/preflight-check.ts'
import { alignedLinesOf } from './aligned-lines.ts'
import { headlineOf, sortedChecks } from './worst-check.ts'

const check = (subject: PreflightCheck['subject'], verdict: PreflightCheck['verdict']): PreflightCheck => ({
  subject,
  verdict,
  explanation: '',
  wanted: '',
  registered: [],
})

it('says the worst, and of what', () => {
  expect(headlineOf([])).toBeUndefined()
  expect(headlineOf([check('scope', 'fits'), check('pkce', 'fits')])?.text).toBe('Fits what is registered')
  expect(headlineOf([check('scope', 'fits'), check('pkce', 'not-known')])?.text).toBe('Fits, as far as is known')
  const failing = [check('pkce', 'may-fail'), check('scope', 'fails'), check('scope', 'fails')]
  expect(headlineOf(failing)).toEqual({ verdict: 'fails', text: 'Will fail: Scope' })
  expect(sortedChecks(failing).map(({ verdict }) => verdict)).toEqual(['fails', 'fails', 'may-fail'])
})

it.each([
  ['http://127.0.0.1:8765/callback', 'http://localhost:8765/callback'],
  ['https://app.test/cb', 'https://app.test/cb/'],
  ['https://app.test/\u202ecb?x', 'com.example:/cb'],
])('lays %s and %s out in equal width', (wanted, registered) => {
  const lines = alignedLinesOf(alignAddresses(wanted, registered))
  const widthOf = (line: typeof lines.wanted) => line.map(({ text, fill }) => text + fill).join('').length
  expect(widthOf(lines.wanted)).toBe(widthOf(lines.registered))
  expect(lines.wanted.map(({ text }) => text).join('')).toBe(wanted.replace('\u202e', '\\u{202e}'))
  expect(lines.registered.map(({ text }) => text).join('')).toBe(registered)
})
