import { expect, test } from 'vitest'
import type { TokenVerdict } from './bench/verdict.ts'
import { reportOf } from './report.ts'
import { emptyRun } from './run.ts'

const verdict: TokenVerdict = {
  verdict: 'not-verified',
  headline: 'Not verified: no keys were given',
  signature: { state: 'not-verified', reason: 'No keys.' },
  time: { state: 'current', reason: 'It is current.' },
  claims: { state: 'fit', reason: 'Nothing was asked.' },
  reason: 'No keys.',
  checks: [],
  at: '2026-01-01T00:00:00.000Z',
  keysFrom: '',
}
const fingerprint = 'a91c0000111122223333444455556666'

test('a report begins with what was found of the last token, and lists all with short masks', () => {
  const last: TokenVerdict = { ...verdict, verdict: 'valid', kid: 'k' }
  const report = reportOf({
    ...emptyRun('r'),
    verdicts: [
      { fingerprint, verdict },
      { fingerprint, verdict: last },
    ],
  })
  expect(report).toMatchObject(last)
  expect(report.verdicts.map(({ masked, verdict: one }) => [masked, one])).toEqual([
    ['●●●● #a91c', 'not-verified'],
    ['●●●● #a91c', 'valid'],
  ])
  expect(JSON.stringify(report)).not.toContain(fingerprint)
})

test('a run that judged nothing has no verdict; one that was opened says where it came from', () => {
  expect(reportOf(emptyRun('r'))).toMatchObject({ verdicts: [] })
  expect(reportOf(emptyRun('r'))).not.toHaveProperty('verdict')
  const origin = { kind: 'capsule', name: 'a.html', madeAt: '' } as const
  expect(reportOf({ ...emptyRun('r'), origin })).toMatchObject({ origin })
})
