import type { RunEvent, RunEventBody, RunOutcome } from '../../contract/events.ts'
import type { Clock } from '../ports.ts'

/** The events of one run in memory, with everybody who follows them. */
export interface EventLog {
  /** Adds an event; after `run.finished`, which is the last, it does nothing. */
  append(body: RunEventBody): void
  readonly finished: boolean
  /** undefined until the run has finished */
  readonly outcome: RunOutcome | undefined
  /** The events after `after`, then live until the run has finished or `signal` aborts. */
  follow(after: number, signal?: AbortSignal): AsyncGenerator<RunEvent>
}

/** Creates the log of a run; `sink` sees each event once, in order. */
export function createEventLog(clock: Clock, sink: (event: RunEvent) => void): EventLog {
  const events: RunEvent[] = []
  const waiting = new Set<() => void>()
  const startedAt = clock.monotonic()
  const log = {
    get finished() {
      return log.outcome !== undefined
    },
    get outcome(): RunOutcome | undefined {
      const last = events.at(-1)
      return last?.type === 'run.finished' ? last.outcome : undefined
    },
    append(body: RunEventBody): void {
      // What still comes in of an abandoned request (a sign-in was answered by hand meanwhile) is nobody's any more.
      if (log.finished) return
      const elapsedMs = Math.round((clock.monotonic() - startedAt) * 100) / 100
      const event = { ...body, seq: events.length + 1, at: new Date(clock.now()).toISOString(), elapsedMs }
      events.push(event)
      sink(event)
      for (const wake of waiting) wake()
      waiting.clear()
    },
    async *follow(after: number, signal?: AbortSignal): AsyncGenerator<RunEvent> {
      for (let next = Math.max(0, after); ; next++) {
        while (next >= events.length) {
          if (log.finished || signal?.aborted) return
          await nextEvent(waiting, signal)
        }
        const event = events[next]
        if (event) yield event
      }
    },
  }
  return log
}

function nextEvent(waiting: Set<() => void>, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      waiting.delete(wake)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    waiting.add(wake)
    signal?.addEventListener('abort', wake, { once: true })
  })
}
