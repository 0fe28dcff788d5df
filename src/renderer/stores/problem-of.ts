import { problemOf, type Problem } from '../../contract/problem.ts'
import { problemIn } from '../../contract/wire.ts'

/** The problem behind any error, so that a screen always has words for it. */
export function toProblem(error: unknown): Problem {
  return problemIn(error) ?? problemOf('internal', error instanceof Error ? error.message : String(error))
}
