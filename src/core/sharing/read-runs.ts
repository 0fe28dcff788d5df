import type { BodySlice } from '../../contract/engine.ts'
import type { RunEvent } from '../../contract/events.ts'
import type { BodyReference } from '../../contract/http.ts'
import { problem } from '../problems/problem-error.ts'

/** The longest body that goes along whole, in characters of its masked text. */
export const longestBody = 2_000_000
/** All bodies together. */
const mostBodies = 30_000_000
/** The runs of one thing that is handed on. */
const mostRuns = 50

/** A body that does not go along. */
export interface LeftOut {
  body: string
  what: string
  why: string
}

/** A run with its bodies, masked as history keeps it. */
export interface RecordedRun {
  events: RunEvent[]
  /** texts by id, those that stand in events left out */
  bodies: Map<string, string>
  leftOut: LeftOut[]
}

/** Where recorded runs are read. */
export interface RunReader {
  /** @throws ProblemError run-not-found, run-running */
  readFinished(runId: string): AsyncIterable<RunEvent>
  readBody(runId: string, body: string, range: { offset: number; length: number }): Promise<BodySlice>
}

/**
 * The recorded runs of these ids, each once, with their bodies as far as the bounds allow.
 * @throws ProblemError parameter-invalid for too many, run-not-found, run-running
 */
export async function readRuns(reader: RunReader, runIds: readonly string[]): Promise<RecordedRun[]> {
  const ids = [...new Set(runIds)]
  if (ids.length > mostRuns) throw problem('parameter-invalid', `At most ${mostRuns} runs go together.`)
  const room = { characters: mostBodies }
  const runs: RecordedRun[] = []
  for (const runId of ids) {
    const events: RunEvent[] = []
    for await (const event of reader.readFinished(runId)) events.push(event)
    runs.push({ events, ...(await readBodies(reader, { runId, events }, room)) })
  }
  return runs
}

async function readBodies(
  reader: RunReader,
  { runId, events }: { runId: string; events: readonly RunEvent[] },
  room: { characters: number },
): Promise<Pick<RecordedRun, 'bodies' | 'leftOut'>> {
  const bodies = new Map<string, string>()
  const leftOut: LeftOut[] = []
  for (const { body, what } of events.flatMap(bodyOf)) {
    if (body.kind === 'text' && body.inline !== undefined) continue
    const why = whyNot(body, room) ?? (await readOne())
    if (why !== undefined) leftOut.push({ body: body.id, what, why })

    async function readOne(): Promise<string | undefined> {
      try {
        const { text } = await reader.readBody(runId, body.id, { offset: 0, length: body.characters })
        bodies.set(body.id, text)
        room.characters -= text.length
        return undefined
      } catch {
        return 'It is not on disk any more.'
      }
    }
  }
  return { bodies, leftOut }
}

function whyNot({ kind, characters }: BodyReference, room: { characters: number }): string | undefined {
  if (kind === 'binary') return 'Grantlab keeps no binary content.'
  if (characters > longestBody) return `It is longer than ${longestBody} characters.`
  return characters > room.characters ? `All bodies together are longer than ${mostBodies} characters.` : undefined
}

function bodyOf(event: RunEvent): { body: BodyReference; what: string }[] {
  if (event.type !== 'exchange.started' && event.type !== 'exchange.answered') return []
  const [body, what] =
    event.type === 'exchange.started'
      ? [event.request.body, `body of request ${event.exchange}`]
      : [event.response.body, `body of the answer to request ${event.exchange}`]
  return body ? [{ body, what }] : []
}
