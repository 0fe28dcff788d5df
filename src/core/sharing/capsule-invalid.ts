import { type ProblemError, problem } from '../problems/problem-error.ts'

/** The problem of a text that is no capsule, with the place in its data. */
export function capsuleInvalid(detail: string, pointer: string): ProblemError {
  return problem('capsule-invalid', detail, {
    place: { pointer },
    whatToDo: ['Ask whoever sent it for the file as Grantlab made it, not for a copy of what a browser shows.'],
  })
}
