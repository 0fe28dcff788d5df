import type { Engine } from '../../contract/engine.ts'
import { applyRunEvent, type Run } from '../../contract/run.ts'

/** What following a run needs. */
export interface Following {
  engine: Pick<Engine, 'runEvents'>
  /** the run as far as it is known */
  from: Run
  /** gets the run after each batch of events */
  onRun(run: Run): void
}

/** A frame: events that arrive within one are shown together. */
const batchMs = 16

/**
 * Folds a run's events as they arrive until it has finished, and hands the run over once per batch, so that a burst of
 * events costs one drawing. Resolves with the finished run.
 */
export async function followRun({ engine, from, onRun }: Following): Promise<Run> {
  let run = from
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    onRun(run)
  }
  try {
    for await (const event of engine.runEvents({ runId: from.id, after: from.lastSeq })) {
      run = applyRunEvent(run, event)
      timer ??= setTimeout(flush, batchMs)
    }
  } finally {
    flush()
  }
  return run
}
