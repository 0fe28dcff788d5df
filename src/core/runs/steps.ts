import type { PlannedStep } from '../../contract/description.ts'
import type { RunEventBody } from '../../contract/events.ts'
import type { ProblemTeller } from './problem-teller.ts'

/** The steps of one run. They nest in the order they are entered. */
export interface Steps {
  readonly current: string | null
  run<T>(name: string, work: () => Promise<T>): Promise<T>
}

/** Creates the steps of a run; titles come from the operation's plan. */
export function createSteps(
  plan: readonly PlannedStep[],
  emit: (body: RunEventBody) => void,
  problems: ProblemTeller,
): Steps {
  const stack: string[] = []
  let count = 0
  return {
    get current() {
      return stack.at(-1) ?? null
    },
    async run(name, work) {
      const step = `${++count}-${name}`
      const title = plan.find(({ id }) => id === name)?.title ?? name
      emit({ type: 'step.started', step, parent: stack.at(-1) ?? null, name, title })
      stack.push(step)
      try {
        const result = await work()
        emit({ type: 'step.finished', step, outcome: 'succeeded' })
        return result
      } catch (error) {
        problems.met(error, { step })
        const found = problems.tell(error)
        emit({
          type: 'step.finished',
          step,
          outcome: found.code === 'cancelled' ? 'cancelled' : 'failed',
          problem: found,
        })
        throw error
      } finally {
        stack.pop()
      }
    },
  }
}
