import { problem, type ProblemError } from '../../problems/problem-error.ts'
import type { RunContext } from '../../runs/run-context.ts'

/** Longer than this nobody waits by itself. */
const longestWaitMs = 60_000

/** A wait that an answer asked for, or that goes before a second try. */
export interface AskedWait {
  ms: number
  /** one sentence for a person */
  reason: string
  /** the exchange whose answer asked for it */
  exchange: string | undefined
}

/** When the next request of one run may go out. */
export interface Turns {
  /** From now on the next request waits that long. */
  ask(wait: AskedWait): void
  /**
   * Resolves when a request may go out; the wait is a pause of the run, and ends when the run is cancelled.
   * @throws ProblemError management-refused when the wait is too long, with the time in it
   */
  take(): Promise<void>
}

/** Creates the turns of one run. */
export function createTurns(context: Pick<RunContext, 'clock' | 'pause' | 'signal'>): Turns {
  let asked: (AskedWait & { until: number }) | undefined
  return {
    ask(wait) {
      asked = { ...wait, until: context.clock.now() + wait.ms }
    },
    async take() {
      context.signal.throwIfAborted()
      if (!asked) return
      const ms = asked.until - context.clock.now()
      if (ms > longestWaitMs) throw tooLong(asked)
      const { reason, exchange } = asked
      asked = undefined
      if (ms > 0) await context.pause({ reason, ms, exchange })
    },
  }
}

function tooLong({ until, ms, exchange }: AskedWait & { until: number }): ProblemError {
  const minutes = Math.ceil(ms / 60_000)
  return problem(
    'management-refused',
    `The management API takes no request before ${new Date(until).toISOString()}: it asks to wait ${minutes} minutes.`,
    {
      status: 429,
      ...(exchange === undefined ? {} : { exchange }),
      whatToDo: [`Run again after ${new Date(until).toISOString()}; Grantlab waits by itself for a minute at most.`],
    },
  )
}
