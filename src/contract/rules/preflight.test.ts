import { describe, expect, it } from 'vitest'
import type { RunEvent, RunEventBody } from '../events.ts'
import { runOf } from '../run.ts'
import { findingsOf } from './index.ts'
import { preflightChecksOf } from './preflight.ts'
import { tokenCases } from './testing/token-cases.ts'

const run = (bodies: RunEventBody[]) =>
  runOf(
    'r',
    bodies.map((body, index): RunEvent => ({ ...body, seq: index + 1, at: '2026-06-01T00:00:00.000Z', elapsedMs: 0 })),
  )
const fitting = tokenCases['preflight.pkce']!.quiet
const knownAs = (client: object): RunEventBody[] =>
  fitting.map((event) =>
    event.type === 'registration.known' ? { ...event, client: { client_id: 'me', further: {}, ...client } } : event,
  )
const severities = (bodies: RunEventBody[]) =>
  findingsOf(run(bodies))
    .filter(({ rule }) => rule.startsWith('preflight.'))
    .map(({ rule, severity }) => [rule, severity])

describe('what a run is compared with', () => {
  it('is an error where it will fail, and a warning where it may', () => {
    expect(severities(knownAs({ require_pkce: true, client_type: 'public' }))).toEqual([['preflight.pkce', 'error']])
    expect(severities(knownAs({ require_pkce: false }))).toEqual([['preflight.client-auth', 'warning']])
    expect(severities(fitting)).toEqual([])
  })

  it('says each scope apart', () => {
    const found = findingsOf(run(knownAs({ scope: '', require_pkce: false, client_type: 'public' })))
    expect(found.filter(({ rule }) => rule === 'preflight.scope').map(({ evidence }) => evidence)).toEqual([
      [
        { label: 'wanted', value: 'openid' },
        { label: 'registered', value: 'nothing' },
      ],
    ])
  })

  it('is nothing where nothing is known', () => {
    expect(preflightChecksOf(run(fitting.slice(0, 1)))).toEqual([])
    expect(preflightChecksOf(run(fitting)).map(({ verdict }) => verdict)).toEqual(Array(5).fill('fits'))
  })
})
