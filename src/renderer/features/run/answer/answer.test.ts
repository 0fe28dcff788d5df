import { expect, it } from 'vitest'
import { emptyRun, type Exchange } from '../../../../contract/run.ts'
import { hasAnswers } from './has-answers.ts'
import { shownRowsOf } from './shown-rows.ts'
import { targetCountsOf } from './target-counts.ts'

const run = emptyRun('run-1')
const asked = (purpose: string) => [{ id: 'exchange-1', purpose } as Exchange]
const metadata = [{ issuer: 'https://as.test' } as (typeof run.metadata)[number]]

it('tells runs that brought something else than tokens or metadata', () => {
  expect(hasAnswers(run)).toBe(false)
  expect(hasAnswers({ ...run, result: { client_id: 'c' } })).toBe(true)
  expect(hasAnswers({ ...run, metadata, result: { issuer: 'https://as.test' } })).toBe(false)
  expect(hasAnswers({ ...run, metadata, exchanges: asked('introspection'), result: { active: false } })).toBe(true)
  expect(hasAnswers({ ...run, metadata, exchanges: asked('revocation'), result: { revoked: true } })).toBe(true)
  const proofs = [{ name: 'refresh.reuseRefused', holds: true } as (typeof run.proofs)[number]]
  expect(hasAnswers({ ...run, metadata, proofs, result: { accepted: false } })).toBe(true)
  expect(hasAnswers({ ...run, targets: [{ target: 'a', title: 'A', outcome: 'done', exchange: null }] })).toBe(true)
})

it('counts how it went with each', () => {
  const targets = (['done', 'failed', 'done', 'unknown', 'absent'] as const).map((outcome) => ({ outcome }))
  expect(targetCountsOf(targets)).toBe('2 done, 1 gone before, 1 failed, 1 unknown')
  expect(targetCountsOf([])).toBe('')
})

it('puts a row into three short texts', () => {
  const client = { client_id: 'c', client_name: 'A', client_type: 'public' as const, grant_types: ['x'], further: {} }
  const grant = { id: 'g', client_id: 'c', scopes: ['a', 'b'], further: {} }
  expect(
    shownRowsOf([
      { kind: 'client', client },
      { kind: 'client', client: { client_id: 'bare', further: {} } },
      { kind: 'grant', grant },
      { kind: 'grant', grant: { ...grant, client_name: 'A' } },
    ]),
  ).toEqual([
    { id: 'c', name: 'A', more: 'public, x' },
    { id: 'bare', name: '', more: '' },
    { id: 'g', name: 'c', more: 'a b' },
    { id: 'g', name: 'A', more: 'a b' },
  ])
})
