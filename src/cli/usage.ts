import { problemOf, type Problem, type ProblemCode } from '../contract/problem.ts'
import { ProblemError } from '../core/index.ts'

type UsageCode = Extract<
  ProblemCode,
  | 'unknown-operation'
  | 'parameter-unknown'
  | 'parameter-invalid'
  | 'parameter-missing'
  | 'secret-missing'
  | 'token-missing'
  | 'cancelled'
>

/** A problem of how the command line was used, to throw. */
export function usage(code: UsageCode, detail: string, ...whatToDo: string[]): ProblemError {
  const more: Partial<Problem> = whatToDo.length > 0 ? { whatToDo } : {}
  return new ProblemError(problemOf(code, detail, more))
}

/** The name that was probably meant, when one is at most a third of its letters away. */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  const ranked = names.map((name) => ({ name, distance: distanceOf(wanted, name) }))
  ranked.sort((a, b) => a.distance - b.distance)
  const [best] = ranked
  return best && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined
}

/** Letters to add, drop or change to make one name of the other. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
