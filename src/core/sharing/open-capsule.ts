import type { RunEvent } from '../../contract/events.ts'
import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import { problemOf } from '../../contract/problem.ts'
import type { RunOrigin } from '../../contract/sharing.ts'
import { fileKinds } from '../files/file-versions.ts'
import { problem } from '../problems/problem-error.ts'
import { capsuleDataIn } from './capsule-data.ts'
import { capsuleInvalid } from './capsule-invalid.ts'
import { checkEvents } from './check-events.ts'

/** The largest capsule that is read. */
export const largestCapsule = 64 * 1024 * 1024
const mostRuns = 100
const deepest = 120
const longestNote = 2_000

/** A run that was made elsewhere: finished, and only to be read. */
export interface OpenedRun {
  runId: string
  events: RunEvent[]
  bodies: ReadonlyMap<string, string>
}

/** Where a text came from, and how its runs are to be called. */
export interface OpenOrder {
  text: string
  /** the file's name, or empty */
  name: string
  newId(): string
}

/**
 * Reads a capsule. Only its data is looked at; what the page around it shows is never drawn.
 * @throws ProblemError capsule-invalid with the place, file-newer
 */
export function openCapsule({ text, name, newId }: OpenOrder): OpenedRun[] {
  if (text.length > largestCapsule) throw capsuleInvalid(`It is larger than ${largestCapsule} characters.`, '')
  const json = capsuleDataIn(text)
  if (json === undefined) throw capsuleInvalid('There is no data of Grantlab in it, or more than once.', '')
  const data = parse(json)
  checkVersion(data)
  const { madeAt, note, runs } = data
  if (!Array.isArray(runs) || runs.length === 0 || runs.length > mostRuns) {
    throw capsuleInvalid(`A capsule holds 1 to ${mostRuns} runs.`, '/runs')
  }
  const origin: RunOrigin = {
    kind: 'capsule',
    name: name.slice(0, 200),
    madeAt: isTime(madeAt) ? madeAt : '',
    ...(typeof note === 'string' && note !== '' ? { note: note.slice(0, longestNote) } : {}),
  }
  return runs.map((run, index) => readRun(run, `/runs/${index}`, { origin, runId: newId() }))
}

function parse(json: string): JsonObject {
  try {
    const data = JSON.parse(json) as Json
    if (!isJsonObject(data)) throw capsuleInvalid('Its data is no object.', '')
    // Whatever draws it walks down by calling itself.
    if (isDeeper(data, deepest)) throw capsuleInvalid('Its data is nested too deeply.', '')
    return data
  } catch (error) {
    if (error instanceof SyntaxError) throw capsuleInvalid('Its data is no JSON.', '')
    throw error
  }
}

function isDeeper(value: Json, most: number): boolean {
  let level: Json[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}

function checkVersion({ version }: JsonObject): void {
  const { version: known, title } = fileKinds.capsule
  if (version === known) return
  if (typeof version !== 'number' || version < known)
    throw capsuleInvalid('It says no version that there ever was.', '/version')
  throw problem('file-newer', `This is ${title} of version ${version}; this Grantlab knows version ${known}.`, {
    place: { pointer: '/version' },
    whatToDo: ['Use a newer Grantlab for this file.'],
  })
}

function readRun(run: Json, pointer: string, { origin, runId }: { origin: RunOrigin; runId: string }): OpenedRun {
  if (!isJsonObject(run) || !Array.isArray(run.events)) throw capsuleInvalid('A run is no list of events.', pointer)
  const events = checkEvents(run.events, `${pointer}/events`)
  const [started, ...others] = events
  if (started?.type !== 'run.started') throw capsuleInvalid('A run does not begin as one does.', `${pointer}/events/0`)
  return {
    runId,
    events: ended([{ ...started, runId, origin }, ...others]),
    bodies: new Map(isJsonObject(run.bodies) ? Object.entries(run.bodies).filter(isBody) : []),
  }
}

const isBody = (entry: [string, Json]): entry is [string, string] => typeof entry[1] === 'string'

/** A run that was cut off when it was recorded does not go on here. */
function ended(events: RunEvent[]): RunEvent[] {
  const last = events.at(-1)!
  if (last.type === 'run.finished') return events
  const cut = problemOf('cancelled', 'The recording ends before the run does.')
  const { at, elapsedMs } = last
  return [
    ...events,
    { type: 'run.finished', outcome: 'cancelled', problem: cut, seq: events.length + 1, at, elapsedMs },
  ]
}

function isTime(value: Json | undefined): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{5,15}Z$/.test(value)
}
