import type { RunEvent, RunOutcome } from '../../contract/events.ts'
import { problemClassOf, type Problem } from '../../contract/problem.ts'
import { createHttpTransport } from '../http/transport.ts'
import { createMasker, type Masker } from '../http/masking/create-masker.ts'
import { createEventLog, type EventLog } from './event-log.ts'
import { createHold, type Hold } from './hold.ts'
import { maskParameters } from './mask-parameters.ts'
import { createProblemTeller } from './problem-teller.ts'
import { createRecorder } from './recorder.ts'
import { createContext } from './create-context.ts'
import type { Recording, RunOrder, RunParts } from './run-parts.ts'
import { createSteps } from './steps.ts'
import { createWaits, type Waits } from './waits.ts'

/** A run of this session. */
export interface LiveRun {
  id: string
  log: EventLog
  hold: Hold
  waits: Waits
  cancel(): void
  /** resolves when the run has finished and its file is closed; never rejects */
  done: Promise<void>
  /** Called when the run leaves memory: a list or a read that went well leaves history too. */
  leave(): Promise<void>
}

/** Runs an operation and records it. Answers at once; a run always ends with its events and an outcome. */
export function startRun(parts: RunParts, order: RunOrder): LiveRun {
  const recording = startRecording(parts, order)
  const { log, hold, waits, abort } = recording
  log.append({
    type: 'run.started',
    format: 1,
    runId: order.runId,
    number: order.number,
    operation: order.operation.description.id,
    title: order.operation.description.title,
    profile: order.profile,
    parameters: maskParameters(recording.masker, order.operation.description.parameters, order.parameters.clear),
    plan: order.operation.description.steps,
    grantlab: parts.ports.version,
  })
  return {
    id: order.runId,
    log,
    hold,
    waits,
    cancel: () => abort.abort(),
    done: perform(parts, order, recording),
    leave: async () => {
      if (order.operation.description.browsing && log.outcome === 'succeeded') await parts.file.discard()
    },
  }
}

function startRecording(parts: RunParts, order: RunOrder): Recording {
  const masker = createMasker({
    key: parts.fingerprintKey,
    onSecret: (fingerprint, clear) => parts.clearValues.keep(fingerprint, clear),
  })
  for (const { value, kind } of order.parameters.secrets) masker.learn(value, kind)
  const log = createEventLog(parts.ports.clock, (event: RunEvent) => parts.file.append(writtenOf(event, masker)))
  const hold = createHold(order.holdBefore)
  const abort = new AbortController()
  const problems = createProblemTeller(masker)
  const recorder = createRecorder({
    problems,
    emit: log.append,
    writeBody: (id, text) => parts.file.writeBody(id, text),
    masker,
    hold,
    admit: order.guard.admit.bind(order.guard),
    clock: parts.ports.clock,
    signal: abort.signal,
  })
  const steps = createSteps(order.operation.description.steps, log.append, problems)
  return { log, masker, hold, waits: createWaits(log.append), steps, recorder, problems, abort }
}

async function perform(parts: RunParts, order: RunOrder, recording: Recording): Promise<void> {
  const { environment, clock } = parts.ports
  const transport = createHttpTransport({ ...order.connection, environment, clock })
  const context = createContext({ parts, order, recording, transport })
  try {
    for (const note of order.connection?.notes ?? []) context.decide(note)
    const { run } = await order.operation.load()
    const result = await run(context, order.parameters.clear)
    await order.guard.settle()
    recording.log.append({ type: 'run.finished', outcome: 'succeeded', result: recording.masker.maskJson(result) })
  } catch (error) {
    const found = recording.problems.tell(error)
    if (found.code === 'internal') parts.log.fault(`run ${order.runId}`, error, recording.masker.maskText)
    recording.log.append({ type: 'run.finished', outcome: outcomeOf(found), problem: found })
  } finally {
    transport.close()
    await parts.file.close()
  }
}

function outcomeOf(found: Problem): RunOutcome {
  const problemClass = problemClassOf(found.code)
  return problemClass === 'cancelled' ? 'cancelled' : problemClass === 'person' ? 'needs-person' : 'failed'
}

/**
 * An event as it is kept. SECURITY: whoever signs in needs the address as it is, the file does not: with PKCE plain it
 * holds the code verifier, with free parameters anything.
 */
function writtenOf(event: RunEvent, masker: Masker): RunEvent {
  if (event.type !== 'wait.started') return event
  const { listeningAt, ...wait } = event.wait
  const masked = { ...wait, address: masker.maskUrl(wait.address) }
  return { ...event, wait: listeningAt ? { ...masked, listeningAt: masker.maskUrl(listeningAt) } : masked }
}
