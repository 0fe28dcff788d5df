import type { BodySlice } from '../../contract/engine.ts'
import type { RunEvent } from '../../contract/events.ts'
import type { Problem } from '../../contract/problem.ts'
import { problem } from '../problems/problem-error.ts'
import type { History } from '../history/history.ts'
import type { OpenedRun } from '../sharing/open-capsule.ts'
import { createOpenedRuns } from '../sharing/opened-runs.ts'
import type { LiveRun } from './start-run.ts'

const maximumLive = 200

/** The runs of this session in memory; older ones are read from history. */
export interface RunRegistry {
  add(run: LiveRun): void
  /** Takes a run that was made elsewhere: it can be read like any other, and nothing acts on it. */
  open(run: OpenedRun): void
  /** @throws ProblemError run-read-only when one of these was made elsewhere */
  refuseOpened(runIds: readonly string[]): void
  /** Whether a fingerprint stands in a run that was made elsewhere, so that its value was never here. */
  isOfOpened(fingerprint: string): boolean
  /** @throws ProblemError run-not-found when it is not of this session, run-read-only when it was made elsewhere */
  live(runId: string): LiveRun
  /** The events so far as they are kept, masked throughout. */
  recorded(runId: string): AsyncIterable<RunEvent>
  /** The same of a run that has ended. @throws ProblemError run-running */
  readFinished(runId: string): AsyncIterable<RunEvent>
  events(runId: string, after: number, signal?: AbortSignal): AsyncIterable<RunEvent>
  readBody(runId: string, body: string, range: { offset: number; length: number }): Promise<BodySlice>
  /** Forgets finished runs that were deleted. */
  forget(runIds: readonly string[]): void
  /** Tells a running run that the disk refused its file; it goes on. */
  tellUnwritten(runId: string, found: Problem): void
  /** Cancels what runs and waits for its end. */
  close(): Promise<void>
}

/** Creates the registry; finished runs beyond 200 leave memory, oldest first. */
export function createRunRegistry(history: History): RunRegistry {
  const runs = new Map<string, LiveRun>()
  const opened = createOpenedRuns()
  const recorded = (runId: string) => {
    const events = opened.events(runId)
    return events ? each(events) : history.read(runId)
  }
  /** What somebody pinned stays, even a read that went well. */
  const leave = async (run: LiveRun) => {
    const isPinned = await history.isPinned(run.id).catch(() => false)
    if (!isPinned) await run.leave()
  }
  return {
    add(run) {
      runs.set(run.id, run)
      for (const [id, oldest] of runs) {
        if (runs.size <= maximumLive) break
        if (!oldest.log.finished) continue
        runs.delete(id)
        void leave(oldest)
      }
    },
    open: opened.add,
    refuseOpened: opened.refuse,
    isOfOpened: opened.hasMask,
    live(runId) {
      const run = runs.get(runId)
      if (run) return run
      opened.refuse([runId])
      throw problem('run-not-found', 'This run is not one of the running ones.')
    },
    events(runId, after, signal) {
      return runs.get(runId)?.log.follow(after, signal) ?? skip(recorded(runId), after)
    },
    recorded,
    readFinished(runId) {
      if (runs.get(runId)?.log.finished !== false) return recorded(runId)
      throw problem('run-running', `The run ${runId} is still under way.`, {
        whatToDo: ['Wait for its end, or cancel it.'],
      })
    },
    readBody: async (runId, body, range) =>
      opened.readBody(runId, body, range) ?? (await history.readBody(runId, body, range)),
    forget(runIds) {
      for (const runId of runIds) if (runs.get(runId)?.log.finished) runs.delete(runId)
    },
    tellUnwritten(runId, { detail }) {
      const log = runs.get(runId)?.log
      if (!log || log.finished) return
      log.append({ type: 'decision.recorded', step: null, subject: 'history', choice: 'not written', reason: detail })
    },
    async close() {
      const all = [...runs.values()]
      for (const run of all) run.cancel()
      await Promise.all(all.map((run) => run.done))
      await Promise.all(all.map(leave))
    },
  }
}

async function* skip(events: AsyncIterable<RunEvent>, after: number): AsyncGenerator<RunEvent> {
  for await (const event of events) if (event.seq > after) yield event
}

async function* each(events: readonly RunEvent[]): AsyncGenerator<RunEvent> {
  yield* events
}
