import type { RunEventBody, RunEvent } from '../../contract/events.ts'
import { problemOf, type Problem } from '../../contract/problem.ts'
import { createMasker, type Masker } from '../http/masking/create-masker.ts'
import { problem } from '../problems/problem-error.ts'
import { maskPairs } from '../runs/mask-parameters.ts'
import { classifyEntry, type ClassifiedEntry } from './classify-entry.ts'
import { HarFlow, type Timed } from './har-flow.ts'
import { createEntryRecorder } from './record-entry.ts'
import type { OpenedRun, OpenOrder } from './open-capsule.ts'
import { readHar } from './read-har.ts'

/** How a HAR is opened. */
export interface HarOrder extends OpenOrder {
  /** the data folder's key: the same secret looks the same as in runs that were made here */
  key: Uint8Array
  onSecret(fingerprint: string, clear: string): void
  /** version of this Grantlab */
  version: string
}

/** A recording of a whole day has some hundreds; each secret more makes every text slower to mask. */
const mostRequests = 2_000

/**
 * Reads a HAR as one run: its requests as what they are, tokens recognised, everything masked as it is recorded. What has
 * nothing to do with OAuth is left out and counted. Answers also what could not be read.
 * @throws ProblemError file-invalid, nothing-recognised
 */
export function openHar(order: HarOrder): { run: OpenedRun; problems: Problem[] } {
  const { entries, creator, problems } = readHar(order.text)
  const ofOAuth = entries.map(classifyEntry).filter((entry) => entry !== undefined)
  if (ofOAuth.length === 0) {
    throw problem('nothing-recognised', 'No request of this HAR has to do with OAuth or OpenID Connect.', {
      whatToDo: ['Record it again from before the sign-in until after it, and keep the log over navigations.'],
    })
  }
  const classified = ofOAuth.slice(0, mostRequests)
  const masker = createMasker({ key: order.key, onSecret: order.onSecret })
  const bodies = new Map<string, string>()
  const timeline: Timed[] = []
  const recorder = createEntryRecorder({
    masker,
    writeBody: (id, text) => void bodies.set(id, text),
    emit: (atMs, body) => void timeline.push({ atMs, body }),
  })
  // SECURITY: first what stands where secrets stand is made known, so that an earlier entry holds none of a later one.
  for (const entry of classified) learn(masker, entry)
  const flow = new HarFlow(masker, timeline)
  for (const entry of classified) flow.see(entry, recorder.record(entry), recorder)
  const startedMs = entries[0]?.startedMs ?? 0
  const skipped = entries.length - ofOAuth.length
  const started = startOf(order, { creator, startedMs, skipped, found: classified.length }, masker)
  const all = [...started, ...timeline.toSorted((a, b) => a.atMs - b.atMs), endOf(timeline, flow.problem, startedMs)]
  const run = { runId: started[0].body.runId, events: numbered(all, startedMs), bodies }
  return { run, problems: [...problems, ...tooMany(ofOAuth[mostRequests])] }
}

function tooMany(first: ClassifiedEntry | undefined): Problem[] {
  if (!first) return []
  const detail = `It has more than ${mostRequests} requests that have to do with OAuth; from here on they were left out.`
  return [problemOf('file-invalid', detail, { place: { pointer: first.entry.pointer } })]
}

function learn(masker: Masker, { entry: { request, response }, parameters }: ClassifiedEntry): void {
  masker.maskHeaders(request.headers)
  masker.maskUrl(request.url.href)
  maskPairs(masker, [...parameters])
  masker.maskBody(request.body, request.contentType)
  if (!response) return
  masker.maskHeaders(response.headers)
  masker.maskBody(response.body, response.contentType)
}

interface StartFacts {
  creator: string
  startedMs: number
  skipped: number
  found: number
}

type Started = Timed & { body: Extract<RunEventBody, { type: 'run.started' }> }

function startOf(order: HarOrder, facts: StartFacts, masker: Masker): [Started, Timed] {
  const { creator, startedMs, skipped, found } = facts
  const name = masker.maskText(order.name.slice(0, 200))
  const by = creator === '' ? '' : `, recorded by ${masker.maskText(creator)}`
  return [
    {
      atMs: startedMs,
      body: {
        type: 'run.started',
        format: 1,
        runId: order.newId(),
        number: 0,
        operation: 'har',
        title: name === '' ? 'Requests of a HAR' : `Requests of ${name}`,
        profile: null,
        parameters: {},
        plan: [],
        grantlab: order.version,
        origin: { kind: 'har', name, madeAt: new Date(startedMs).toISOString() },
      },
    },
    {
      atMs: startedMs,
      body: {
        type: 'decision.recorded',
        step: null,
        subject: 'requests',
        choice: `${found} of ${found + skipped}`,
        reason: `The others have nothing to do with OAuth and were left out${by}.`,
      },
    },
  ]
}

function endOf(timeline: readonly Timed[], found: Problem | undefined, startedMs: number): Timed {
  const atMs = Math.max(startedMs, ...timeline.map((one) => one.atMs))
  const outcome = found ? 'failed' : 'succeeded'
  return { atMs, body: { type: 'run.finished', outcome, ...(found ? { problem: found } : {}) } }
}

function numbered(all: readonly Timed[], startedMs: number): RunEvent[] {
  return all.map(({ atMs, body }, index) => ({
    ...body,
    seq: index + 1,
    at: new Date(atMs).toISOString(),
    elapsedMs: Math.round((atMs - startedMs) * 100) / 100,
  }))
}
