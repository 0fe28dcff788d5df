import { problem, ProblemError } from './problem-error.ts'

/** The problem for something an aborted signal ended: the signal's own reason when it is a problem; `what` is a sentence. */
export function cancelledBy(signal: AbortSignal, what: string): ProblemError {
  return signal.reason instanceof ProblemError ? signal.reason : problem('cancelled', what, { cause: signal.reason })
}
