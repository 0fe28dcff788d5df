import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../../../contract/commands.ts'
import { emptyFilter, filterChoices, filterRuns, isEmptyFilter, withoutProfile } from './filter-runs.ts'

const run = (number: number, more: Partial<RunSummary>): RunSummary => ({
  runId: `run-${number}`,
  number,
  operation: 'authorization-code',
  title: 'Authorization code',
  profile: 'staging',
  startedAt: '2026-11-20T14:00:00Z',
  outcome: 'succeeded',
  ...more,
})
const runs = [
  run(4, { outcome: 'failed', note: 'Wrong audience, ticket 871' }),
  run(3, { operation: 'refresh', title: 'Refresh', pinned: true }),
  run(2, { profile: null, operation: 'discover', title: 'Discover' }),
  run(1, { profile: 'production' }),
]
const numbers = (filter: Partial<typeof emptyFilter>) =>
  filterRuns(runs, { ...emptyFilter, ...filter }).map(({ number }) => number)

describe('the list of runs is narrowed', () => {
  it.each([
    [{}, [4, 3, 2, 1]],
    [{ text: '  AUDIENCE 871 ' }, [4]],
    [{ text: 'staging refresh' }, [3]],
    [{ text: 'nothing of the kind' }, []],
    [{ profile: 'staging' }, [4, 3]],
    [{ profile: withoutProfile }, [2]],
    [{ operation: 'refresh' }, [3]],
    [{ outcome: 'failed' }, [4]],
    [{ pinned: true }, [3]],
    [{ profile: 'staging', outcome: 'succeeded' }, [3]],
  ])('%o', (filter, expected) => expect(numbers(filter)).toEqual(expected))

  it('to what occurs, each once', () => {
    expect(filterChoices(runs)).toEqual({
      profiles: [withoutProfile, 'production', 'staging'],
      operations: [
        ['authorization-code', 'Authorization code'],
        ['discover', 'Discover'],
        ['refresh', 'Refresh'],
      ],
      outcomes: ['failed', 'succeeded'],
    })
  })

  it('and says when it is not', () => {
    expect(isEmptyFilter({ ...emptyFilter, text: ' ' })).toBe(true)
    expect(isEmptyFilter({ ...emptyFilter, pinned: true })).toBe(false)
  })
})
