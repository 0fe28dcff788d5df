import type { Problem } from '../contract/problem.ts'
import { environmentNameOf, isSecretName } from '../core/index.ts'
import { line, type Painted } from './paint.ts'
import { usage } from './usage.ts'

/** What a command cannot do while nothing outlives a call: one sentence for people, beside its result. */
const notes: Record<string, string> = {
  'secret rm': 'Secrets are not kept between calls yet: there is nothing to remove.',
  'tokens list': 'Tokens are not kept between calls yet: every call begins with none.',
}

/** The note of a command that finds nothing because nothing is kept between calls. */
export function noteOf(subjectId: string): Painted[] {
  const note = notes[subjectId]
  return note ? [line`${note}`] : []
}

/** The refusal of `secret set`: the value would be gone with the process. SECURITY: an odd name may be the secret. */
export function secretNotKept(name: unknown) {
  const known = typeof name === 'string' && isSecretName(name) ? name : 'NAME'
  return usage(
    'secret-missing',
    'Values of secrets are not kept between calls yet, so nothing was set.',
    `Set the environment variable ${known === 'NAME' ? 'GRANTLAB_SECRET_NAME' : environmentNameOf(known)} before you call grantlab.`,
    `Or name another variable with --secret ${known}=VARIABLE, or a file of NAME=value lines with --env-file FILE.`,
  )
}

/** A refresh without a token of its own: signing in first does not help a call that starts with none. */
export function withTokenAdvice(problem: Problem): Problem {
  if (problem.code !== 'token-missing') return problem
  return {
    ...problem,
    whatToDo: [
      'Tokens of earlier calls are not kept yet: give one with --refresh-token-env NAME.',
      'authorization-code --print refresh_token writes one to stdout; most servers send one only for the scope offline_access.',
    ],
  }
}
