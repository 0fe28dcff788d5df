import { problemOf, type Problem, type ProblemCode } from '../../contract/problem.ts'

/** An error that already is a problem; everything the engine detects itself is thrown as one. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(found: Problem, cause?: unknown) {
    super(`${found.title}: ${found.detail}`, cause === undefined ? undefined : { cause })
    this.name = 'ProblemError'
    this.problem = found
  }
}

/** Builds a problem to throw; class and title come from the closed list. */
export function problem(
  code: ProblemCode,
  detail: string,
  more: Partial<Omit<Problem, 'code' | 'detail'>> & { cause?: unknown } = {},
): ProblemError {
  const { cause, ...rest } = more
  return new ProblemError(problemOf(code, detail, rest), cause)
}
