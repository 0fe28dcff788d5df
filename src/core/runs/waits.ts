import type { RunEventBody, Wait } from '../../contract/events.ts'
import { problem } from '../problems/problem-error.ts'
import type { OpenWait, PersonsAnswer } from './run-context.ts'

/** The waits of one run that stand open for a person's answer. */
export interface Waits {
  open<T>(step: string | null, wait: Omit<Wait, 'id'>, read: (answer: PersonsAnswer) => T): OpenWait<T>
  /** @throws ProblemError run-not-found when no such wait stands open; what `read` throws */
  answer(id: string, answer: PersonsAnswer): void
}

/** Creates the waits of a run. */
export function createWaits(emit: (body: RunEventBody) => void): Waits {
  const open = new Map<string, (answer: PersonsAnswer) => void>()
  let count = 0
  return {
    open<T>(step: string | null, wait: Omit<Wait, 'id'>, read: (answer: PersonsAnswer) => T) {
      const id = `wait-${++count}`
      const answered = new Promise<T>((resolve) => open.set(id, (answer) => resolve(read(answer))))
      emit({ type: 'wait.started', step, wait: { id, ...wait } })
      return {
        answered,
        finish(outcome) {
          if (open.delete(id)) emit({ type: 'wait.finished', wait: id, outcome })
        },
      }
    },
    answer(id, answer) {
      const resolve = open.get(id)
      if (!resolve) throw problem('run-not-found', 'This run no longer waits for an answer.')
      resolve(answer)
    },
  }
}
