import { resolve } from 'node:path'
import type { JsonObject } from '../../contract/json.ts'
import type { HttpTransport } from '../http/exchange.ts'
import type { Masker } from '../http/masking/create-masker.ts'
import { maskPairs } from './mask-parameters.ts'
import { createOwnServers, type OwnServers } from './own-servers.ts'
import type { Recording, RunOrder, RunParts } from './run-parts.ts'
import { createPauses } from './pause.ts'
import type { RunContext } from './run-context.ts'
import { createRunSecrets } from './run-secrets.ts'

interface ContextParts {
  parts: RunParts
  order: RunOrder
  recording: Recording
  transport: HttpTransport
}

/** Builds what an operation works with out of the parts of its run. */
export function createContext(context: ContextParts): RunContext {
  const { parts, order, recording } = context
  const { log, masker, steps, recorder, waits, abort } = recording
  const pause = createPauses({ emit: log.append, clock: parts.ports.clock, signal: abort.signal })
  const own = createOwnServers(order.parameters.clear, order.connection?.headers ?? [])
  let messages = 0
  const meet: RunContext['meet'] = (metadata, issuer) => {
    order.guard.meet(metadata, issuer)
    own.meet(metadata)
  }
  return {
    runId: order.runId,
    operation: order.operation.description.id,
    profile: order.profile,
    workspace: order.workspace,
    connection: order.guard.connection,
    signal: abort.signal,
    clock: parts.ports.clock,
    random: parts.ports.random,
    tokens: parts.tokens,
    redirects: parts.redirects,
    ...(parts.ports.openAddress ? { openAddress: parts.ports.openAddress } : {}),
    step: steps.run,
    learn: (value, kind) => masker.learn(value, kind),
    keepTo: (value, home, what) => order.guard.keepTo(value, home, what),
    fetch: fetchOf(context, own),
    note: ({ url, parameters, ...message }) =>
      log.append({
        type: 'message.recorded',
        step: steps.current,
        message: {
          ...message,
          title: masker.maskText(message.title),
          id: `message-${++messages}`,
          ...(url === undefined ? {} : { url: masker.maskUrl(url) }),
          parameters: maskPairs(masker, parameters),
        },
      }),
    ignoreRedirect: ({ url, ...rest }) =>
      log.append({
        type: 'redirect.ignored',
        step: steps.current,
        ...maskFacts(masker, rest),
        url: masker.maskUrl(url),
      }),
    meet,
    ...recordsOf(recording, meet),
    masked: (facts) => maskFacts(masker, facts),
    told: recording.problems.tell,
    snapshots: parts.snapshots,
    pause: (pauseOrder) => pause(steps.current, maskFacts(masker, pauseOrder)),
    secrets: createRunSecrets({ vault: parts.ports.vault, masker, guard: order.guard }),
    registrations: parts.registrations,
    pathOf: (file) => resolve(parts.ports.workingFolder, file),
    openWait: (wait, read) => waits.open(steps.current, wait, read),
    lastAnswer: recorder.lastAnswer,
    mayHaveLeft: recorder.mayHaveLeft,
  }
}

/** What is recorded besides requests: decisions, proofs, and what servers say about themselves. */
function recordsOf({ log, masker, steps }: Recording, meet: RunContext['meet']) {
  return {
    // SECURITY: what is decided, proved and read may quote a server, which may repeat a secret.
    decide: (decision) =>
      log.append({ type: 'decision.recorded', step: steps.current, ...maskFacts(masker, decision) }),
    prove: (proof, exchange) =>
      log.append({
        type: 'proof.recorded',
        step: steps.current,
        exchange: exchange ?? null,
        proof: maskFacts(masker, proof),
      }),
    metadata(received) {
      // SECURITY: what an API says about itself must not let a secret go anywhere.
      if (received.kind !== 'protected-resource') meet(received.document, received.issuer)
      log.append({ type: 'metadata.received', ...maskFacts(masker, received) })
    },
    tried: (location) => log.append({ type: 'location.tried', step: steps.current, ...maskFacts(masker, location) }),
    keys: (received) => log.append({ type: 'keys.received', ...maskFacts(masker, received) }),
    registered: (facts) => log.append({ type: 'client.registered', step: steps.current, ...maskFacts(masker, facts) }),
    known: (facts) => log.append({ type: 'registration.known', step: steps.current, ...maskFacts(masker, facts) }),
    rows: (page) => log.append({ type: 'rows.received', step: steps.current, ...maskFacts(masker, page) }),
    finished: (target, { exchange, problem } = {}) =>
      log.append({
        type: 'target.finished',
        step: steps.current,
        exchange: exchange ?? null,
        ...maskFacts(masker, target),
        ...(problem ? { problem: maskFacts(masker, problem) } : {}),
      }),
    verified: (token, verdict) =>
      log.append({
        type: 'token.verified',
        step: steps.current,
        fingerprint: masker.fingerprint(token),
        verdict: maskFacts(masker, verdict),
      }),
    compared: (comparison) => log.append({ type: 'metadata.compared', ...maskFacts(masker, comparison) }),
  } satisfies Partial<RunContext>
}

/** The run's fetch: recorded, bounded, and with what the profile adds for its own servers. */
function fetchOf({ order, recording, transport }: ContextParts, own: OwnServers): RunContext['fetch'] {
  const { steps, recorder, abort } = recording
  const timeoutMs = Number(order.parameters.clear.timeout_seconds ?? 30) * 1000
  return (url, { purpose, actor = 'grantlab', party = 'authorization-server', ...init }) =>
    transport.fetch(url, {
      timeoutMs,
      ...own.initFor(url, { actor, party }, init),
      signal: init.signal ? AbortSignal.any([abort.signal, init.signal]) : abort.signal,
      observer: recorder.observerFor({ purpose, actor, party, step: steps.current }),
    })
}

/** Plain JSON by its interface's name; an interface has no index signature, so the types need the detour. */
function maskFacts<T extends object>(masker: Masker, facts: T): T {
  return masker.maskJson(facts as JsonObject) as T
}
