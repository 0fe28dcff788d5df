import type { Pause, RunEventBody } from '../../contract/events.ts'
import type { Clock } from '../ports.ts'

/** A time in which a run sends nothing. */
export interface PauseOrder {
  /** one sentence for a person */
  reason: string
  ms: number
  /** the exchange whose answer asked for it */
  exchange?: string | undefined
}

/** What the pauses of one run are made with. */
export interface PauseParts {
  emit(body: RunEventBody): void
  clock: Pick<Clock, 'now'>
  signal: AbortSignal
}

/** Lets a run wait, visibly; cancelling the run ends the wait at once with the signal's reason. */
export function createPauses({ emit, clock, signal }: PauseParts) {
  let count = 0
  return async (step: string | null, { reason, ms, exchange }: PauseOrder): Promise<void> => {
    const pause = `pause-${++count}`
    const until = new Date(clock.now() + ms).toISOString()
    const facts: Pause = { pause, reason, until, exchange: exchange ?? null }
    emit({ type: 'pause.started', step, ...facts })
    try {
      await passed(ms, signal)
      emit({ type: 'pause.finished', pause, outcome: 'over' })
    } catch (error) {
      emit({ type: 'pause.finished', pause, outcome: 'cancelled' })
      throw error
    }
  }
}

function passed(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = () => reject(signal.reason)
  if (signal.aborted) stop()
  const timer = setTimeout(resolve, ms)
  signal.addEventListener('abort', stop, { once: true })
  return promise.finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  })
}
