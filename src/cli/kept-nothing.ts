import type { VaultFacts } from '../contract/kept.ts'
import { problemOf, type Problem } from '../contract/problem.ts'
import type { Run } from '../contract/run.ts'
import type { TokenKind } from '../contract/token-kind.ts'
import { environmentNameOf, isSecretName, ProblemError } from '../core/index.ts'
import { flagNameOf } from './flags.ts'
import { line, type Painted } from './paint.ts'
import { toldOnce } from './printed-value.ts'
import type { Subject } from './subjects.ts'

/** What a command cannot do while nothing outlives a call: one sentence for people, beside its result. */
const notes: Record<string, string> = {
  'secret rm': 'Secrets are not kept between calls here: there is nothing to remove.',
  'tokens list': 'Tokens are not kept between calls here: every call begins with none.',
  'registrations list': 'Secrets are not kept between calls here: those of earlier registrations are gone.',
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

/** Tokens that end with the process although the vault lasts, and why. */
export function tokensNotKept(why: Problem): Problem {
  return { ...why, title: 'The tokens of this call were not kept' }
}

/** Secrets that a server tells only once and that end with this call; undefined for a run that brought none. */
export function secretsNotKept({ registered }: Pick<Run, 'registered'>, { state, detail }: VaultFacts) {
  const secrets = toldOnce.filter((kind) => registered.some((one) => one.how === 'sent' && one.registered[kind]))
  if (state !== 'absent' || secrets.length === 0) return undefined
  return problemOf('secret-missing', `${secrets.join(' and ')}: the value ends with this call. ${detail}`, {
    title: 'The secrets of this registration were not kept',
    whatToDo: [
      `Write one to stdout as it comes: --print ${secrets[0]}.`,
      'Or choose a vault that lasts before you register: grantlab vault use passphrase.',
    ],
  })
}

/** The refusal of `secret set`: the value would be gone with the process. SECURITY: an odd name may be the secret. */
export function secretNotKept(name: unknown, { detail }: VaultFacts): ProblemError {
  const known = typeof name === 'string' && isSecretName(name) ? name : 'NAME'
  const whatToDo = [
    'Choose a vault that lasts: grantlab vault use passphrase.',
    `Or set the environment variable ${known === 'NAME' ? 'GRANTLAB_SECRET_NAME' : environmentNameOf(known)} before you call grantlab.`,
    `Or name another variable with --secret ${known}=VARIABLE, or a file of NAME=value lines with --env-file FILE.`,
  ]
  const refusal = problemOf('secret-missing', `Nothing was set: the value would be gone with this call. ${detail}`, {
    title: 'A secret is not kept here',
    whatToDo,
  })
  return new ProblemError(refusal)
}

/** The refusal of `vault import`: all of it would be gone with the process. */
export function importNotKept({ detail }: VaultFacts): ProblemError {
  return new ProblemError(
    problemOf('secret-missing', `Nothing was imported: it would be gone with this call. ${detail}`, {
      title: 'Nothing is kept here',
      whatToDo: ['Choose a vault that lasts: grantlab vault use passphrase.'],
    }),
  )
}

/** The refusal of a command that needs the vault, before anybody types anything. */
export function vaultNotOpen({ detail, whatToDo }: VaultFacts): ProblemError {
  return new ProblemError(problemOf('vault-locked', detail, { whatToDo }))
}

const lastingVault = 'Or choose a vault that keeps them: grantlab vault use passphrase.'

/** A command that lacks a token, where nothing lasts: signing in first does not help. The flags named are its own. */
export function withTokenAdvice(problem: Problem, { parameters }: Pick<Subject, 'parameters'>): Problem {
  const takes = (name: string) => parameters.some((one) => one.name === name)
  const given = (kind: TokenKind) => [
    `Tokens of earlier calls are not kept here: give one with --${flagNameOf(kind)}-env VARIABLE.`,
  ]
  if (takes('refresh_token')) {
    const where =
      'authorization-code --print refresh_token writes one to stdout; most servers send one only for the scope offline_access.'
    return { ...problem, whatToDo: [...given('refresh_token'), where, lastingVault] }
  }
  if (takes('token')) {
    const way = 'Tokens of earlier calls are not kept here: give one with --token-env VARIABLE.'
    return { ...problem, whatToDo: [way, lastingVault] }
  }
  if (takes('access_token')) {
    const where = 'authorization-code --print access_token writes one to stdout.'
    return { ...problem, whatToDo: [...given('access_token'), where, lastingVault] }
  }
  return {
    ...problem,
    whatToDo: [
      'Tokens of earlier calls are not kept here: choose a vault that keeps them, grantlab vault use passphrase.',
    ],
  }
}
