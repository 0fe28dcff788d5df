import type { Problem } from '../../../../contract/problem.ts'
import type { ProfileSummary } from '../../../../contract/profile.ts'

/** The client of the built-in server that an advice names, where it would help; none with any other profile. */
export function advisedClientOf(problem: Problem, profile: ProfileSummary | undefined): string | undefined {
  if (!profile?.builtIn) return undefined
  const named = (problem.whatToDo ?? []).map((advice) => /\bthe client "([\w-]+)"/.exec(advice)?.[1])
  return named.find((client) => client !== undefined)
}
