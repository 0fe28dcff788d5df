import type { Engine } from '../contract/engine.ts'
import type { Problem } from '../contract/problem.ts'
import { withTokenAdvice } from './kept-nothing.ts'
import type { Subject } from './subjects.ts'

/** What ran, with which profile. */
interface Called {
  subject: Subject
  profile: unknown
}

/** A problem of a kept token with what helps where tokens, or the playground itself, do not outlive a call. */
export async function explainLack(engine: Engine, problem: Problem, { subject, profile }: Called): Promise<Problem> {
  const told = await withVaultAdvice(engine, problem, subject)
  return profile === 'playground' && isOfKeptToken(problem, subject) ? withPlaygroundAdvice(told) : told
}

async function withVaultAdvice(engine: Engine, problem: Problem, subject: Subject): Promise<Problem> {
  if (problem.code !== 'token-missing') return problem
  const { state } = await engine.runCommand('vault show', {})
  return state === 'absent' ? withTokenAdvice(problem, subject) : problem
}

/** A token is missing, or a server refused one that it does not know; a grant that brings its own is another matter. */
function isOfKeptToken({ code, oauth }: Problem, { parameters }: Subject): boolean {
  if (code === 'token-missing') return true
  const isForKept = parameters.some(
    ({ name }) => name === 'access_token' || name === 'refresh_token' || name === 'kind',
  )
  return isForKept && ['invalid_grant', 'invalid_token'].includes(oauth?.error ?? '')
}

function withPlaygroundAdvice(problem: Problem): Problem {
  return {
    ...problem,
    detail: `${problem.detail} Where no playground runs, each call starts one of its own, which knows no tokens of earlier calls.`,
    whatToDo: [
      'Let grantlab playground run in another terminal, or a window with its playground, and sign in again: calls with --profile playground use that one.',
      ...(problem.whatToDo ?? []),
    ],
  }
}
