import { problem, type ProblemError } from './problem-error.ts'

/** Turns an error of the playground, known by its `code`, into a problem: a port in use, a wrong option, or the rest. */
export function playgroundProblem(error: unknown): ProblemError {
  const { code, message } = error as { code?: string; message?: string }
  if (code === 'port-taken') return problem('port-in-use', String(message), { cause: error })
  if (code === 'bad-option') return problem('parameter-invalid', String(message), { cause: error })
  return problem('playground-failed', String(message), { cause: error })
}
