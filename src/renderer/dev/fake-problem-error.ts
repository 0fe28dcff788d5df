import type { Problem } from '../../contract/problem.ts'

/** An error as it arrives over a wire: its `data` is the problem. */
export class FakeProblemError extends Error {
  readonly data: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.data = problem
  }
}
