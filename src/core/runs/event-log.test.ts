import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../contract/events.ts'
import { createEventLog } from './event-log.ts'

const clock = { now: () => 0, monotonic: () => 0 }
const started = (step: string) => ({ type: 'step.started' as const, step, parent: null, name: step, title: step })
const finished = { type: 'run.finished' as const, outcome: 'succeeded' as const }

async function collect(events: AsyncIterable<RunEvent>): Promise<number[]> {
  const seen: number[] = []
  for await (const event of events) seen.push(event.seq)
  return seen
}

describe('event log', () => {
  it('gives a late follower everything, and a resumed one what it missed', async () => {
    const sunk: number[] = []
    const log = createEventLog(clock, (event) => sunk.push(event.seq))
    log.append(started('a'))
    const live = collect(log.follow(0))
    log.append(started('b'))
    await Promise.resolve()
    log.append(finished)
    expect(await live).toEqual([1, 2, 3])
    expect(await collect(log.follow(2))).toEqual([3])
    expect(sunk).toEqual([1, 2, 3])
  })

  it('lets several follow at their own pace', async () => {
    const log = createEventLog(clock, () => {})
    const both = Promise.all([collect(log.follow(0)), collect(log.follow(0))])
    log.append(started('a'))
    log.append(finished)
    expect(await both).toEqual([
      [1, 2],
      [1, 2],
    ])
  })

  it('ends a follower whose signal aborts while the run goes on', async () => {
    const log = createEventLog(clock, () => {})
    log.append(started('a'))
    const abort = new AbortController()
    const following = collect(log.follow(0, abort.signal))
    abort.abort()
    expect(await following).toEqual([1])
    expect(log.finished).toBe(false)
  })
})
