import type { VaultFacts } from '../contract/kept.ts'
import { problemOf, type Problem } from '../contract/problem.ts'
import { environmentNameOf, isSecretName, ProblemError } from '../core/index.ts'
import { line, type Painted } from './paint.ts'
import { usage } from './usage.ts'

/** What a command cannot do while nothing outlives a call: one sentence for people, beside its result. */
const notes: Record<string, string> = {
  'secret rm': 'Secrets are not kept between calls here: there is nothing to remove.',
  'tokens list': 'Tokens are not kept between calls here: every call begins with none.',
}

/** Tells whether a command has something to say where nothing outlives a call. */
export function hasNote(subjectId: string): boolean {
  return Object.hasOwn(notes, subjectId)
}

/** The note of a command that finds nothing because nothing is kept between calls. */
export function noteOf(subjectId: string, { state }: VaultFacts): Painted[] {
  const note = state === 'absent' ? notes[subjectId] : undefined
  return note ? [line`${note}`] : []
}

/** The refusal of `secret set`: the value would be gone with the process. SECURITY: an odd name may be the secret. */
export function secretNotKept(name: unknown, { detail }: VaultFacts): ProblemError {
  const known = typeof name === 'string' && isSecretName(name) ? name : 'NAME'
  return usage(
    'secret-missing',
    `Nothing was set: the value would be gone with this call. ${detail}`,
    `Set the environment variable ${known === 'NAME' ? 'GRANTLAB_SECRET_NAME' : environmentNameOf(known)} before you call grantlab.`,
    `Or name another variable with --secret ${known}=VARIABLE, or a file of NAME=value lines with --env-file FILE.`,
    'Or choose a vault that lasts: grantlab vault use passphrase.',
  )
}

/** The refusal of a command that needs the vault, before anybody types anything. */
export function vaultNotOpen({ detail, whatToDo }: VaultFacts): ProblemError {
  return new ProblemError(problemOf('vault-locked', detail, { whatToDo }))
}

/** A refresh without a token of its own: where nothing lasts, signing in first does not help. */
export function withTokenAdvice(problem: Problem): Problem {
  return {
    ...problem,
    whatToDo: [
      'Tokens of earlier calls are not kept here: give one with --refresh-token-env NAME.',
      'authorization-code --print refresh_token writes one to stdout; most servers send one only for the scope offline_access.',
    ],
  }
}
