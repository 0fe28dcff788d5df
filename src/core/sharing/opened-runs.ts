import type { BodySlice } from '../../contract/engine.ts'
import type { RunEvent } from '../../contract/events.ts'
import { problem } from '../problems/problem-error.ts'
import type { OpenedRun } from './open-capsule.ts'

/** Characters of all opened runs together; beyond it the oldest leave. */
const mostCharacters = 150_000_000

/** Runs that were made elsewhere and opened here: in memory only, and only to be read. */
export interface OpenedRuns {
  add(run: OpenedRun): void
  has(runId: string): boolean
  /** undefined when it is not one of them */
  events(runId: string): readonly RunEvent[] | undefined
  /** @throws ProblemError run-not-found for a body that was left out, parameter-invalid */
  readBody(runId: string, body: string, range: { offset: number; length: number }): BodySlice | undefined
  /** Whether a fingerprint stands in one of them: its value was never here. */
  hasMask(fingerprint: string): boolean
  /** @throws ProblemError run-read-only when one of these is opened */
  refuse(runIds: readonly string[]): void
}

interface Kept {
  run: OpenedRun
  characters: number
}

/** Creates the memory of opened runs. */
export function createOpenedRuns(bound = mostCharacters): OpenedRuns {
  const runs = new Map<string, Kept>()
  return {
    add(run) {
      const texts = [JSON.stringify(run.events), ...run.bodies.values()]
      runs.set(run.runId, { run, characters: texts.reduce((sum, { length }) => sum + length, 0) })
      let all = [...runs.values()].reduce((sum, { characters }) => sum + characters, 0)
      for (const [id, { characters }] of runs) {
        if (all <= bound || id === run.runId) break
        runs.delete(id)
        all -= characters
      }
    },
    has: (runId) => runs.has(runId),
    events: (runId) => runs.get(runId)?.run.events,
    readBody(runId, body, { offset, length }) {
      const kept = runs.get(runId)
      if (!kept) return undefined
      if (![offset, length].every((number) => Number.isSafeInteger(number) && number >= 0)) {
        throw problem('parameter-invalid', 'A slice of a body has a whole offset and length, not below 0.')
      }
      const text = kept.run.bodies.get(body)
      if (text === undefined) throw problem('run-not-found', 'This body was left out when the file was made.')
      return { text: text.slice(offset, offset + length), characters: text.length }
    },
    hasMask: (fingerprint) => [...runs.values()].some(({ run }) => JSON.stringify(run.events).includes(fingerprint)),
    refuse(runIds) {
      const opened = runIds.find((runId) => runs.has(runId))
      if (opened === undefined) return
      throw problem(
        'run-read-only',
        'This run was made elsewhere and opened here. It can be looked at, nothing more.',
        {
          whatToDo: ['Run the operation here to have a run of your own.'],
        },
      )
    },
  }
}
