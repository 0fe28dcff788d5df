import type { HttpTransport } from '../http/exchange.ts'
import type { Masker } from '../http/masking/create-masker.ts'
import type { Recording, RunOrder, RunParts } from './run-parts.ts'
import type { RunContext } from './run-context.ts'

interface ContextParts {
  parts: RunParts
  order: RunOrder
  recording: Recording
  transport: HttpTransport
}

/** Builds what an operation works with out of the parts of its run. */
export function createContext({ parts, order, recording, transport }: ContextParts): RunContext {
  const { log, masker, steps, recorder, waits, abort } = recording
  const timeoutMs = Number(order.parameters.clear.timeout_seconds ?? 30) * 1000
  let messages = 0
  return {
    runId: order.runId,
    profile: order.profile,
    signal: abort.signal,
    clock: parts.ports.clock,
    random: parts.ports.random,
    tokens: parts.tokens,
    redirects: parts.redirects,
    ...(parts.ports.openAddress ? { openAddress: parts.ports.openAddress } : {}),
    step: steps.run,
    decide: (decision) => void log.append({ type: 'decision.recorded', step: steps.current, ...decision }),
    prove: (proof, exchange) =>
      void log.append({ type: 'proof.recorded', step: steps.current, exchange: exchange ?? null, proof }),
    learn: (value, kind) => masker.learn(value, kind),
    fetch: (url, { purpose, actor = 'grantlab', party = 'authorization-server', ...init }) =>
      transport.fetch(url, {
        timeoutMs,
        ...init,
        signal: init.signal ? AbortSignal.any([abort.signal, init.signal]) : abort.signal,
        observer: recorder.observerFor({ purpose, actor, party, step: steps.current }),
      }),
    note: ({ url, parameters, ...message }) =>
      void log.append({
        type: 'message.recorded',
        step: steps.current,
        message: {
          ...message,
          id: `message-${++messages}`,
          ...(url === undefined ? {} : { url: masker.maskUrl(url) }),
          parameters: maskParameters(masker, parameters),
        },
      }),
    ignoreRedirect: ({ url, ...rest }) =>
      void log.append({ type: 'redirect.ignored', step: steps.current, ...rest, url: masker.maskUrl(url) }),
    metadata: (received) => void log.append({ type: 'metadata.received', ...received }),
    openWait: (wait, read) => waits.open(steps.current, wait, read),
    lastAnswer: recorder.lastAnswer,
  }
}

function maskParameters(masker: Masker, parameters: [string, string][]): [string, string][] {
  const masked = masker.maskJson(parameters.map(([name, value]) => ({ [name]: value })))
  return masked.flatMap((entry) => Object.entries(entry))
}
