import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'
import { type EarlierGeneration, replacedAt, replacedRefreshToken } from '../vault/earlier-generations.ts'
import type { TokenFamily } from '../vault/token-family.ts'
import { keptTokensOf, toldOf } from './keep-tokens.ts'
import { familysOwn, isInvalidGrant, sendKept, signInAgain } from './renew-tokens.ts'

/** A refresh token that a newer one took the place of. */
export interface EarlierTry {
  /** of the family's own issuer */
  server: AuthorizationServer
  parameters: ParameterValues
  family: TokenFamily
  /** the answer that brought it */
  generation: number
  scope?: string | undefined
}

const specification = 'RFC 9700 §4.14.2'

/**
 * Sends a replaced refresh token on purpose, to see whether the server notices. What is kept stays as it is, whatever the
 * answer: new tokens are shown and not kept, and a refusal is what a good server does.
 * @throws ProblemError parameter-invalid when no such token is kept; token-missing; as requestToken for another refusal
 * @see RFC 9700 §4.14.2
 */
export async function tryEarlierToken(context: RunContext, attempt: EarlierTry): Promise<Json> {
  const work = (current: TokenFamily) => tryOn(context, attempt, current)
  return context.tokens.alone(attempt.family.id, work, context.signal)
}

async function tryOn(context: RunContext, attempt: EarlierTry, current: TokenFamily): Promise<Json> {
  const { server, generation } = attempt
  const earlier = replacedRefreshToken(current, generation)
  if (!earlier) throw notKept(current, generation)
  const { tokens } = earlier
  context.decide({
    subject: 'refresh token',
    choice: `the replaced one of answer ${generation}, on purpose`,
    reason: `Answer ${current.generation} is the newest. A server that notices refuses, and may end the whole grant; what is kept here stays as it is.`,
    specification,
  })
  const parameters = { ...familysOwn(attempt.parameters, current.key), scope: attempt.scope }
  const answer = await sendKept(context, { server, parameters, tokens }).catch((error: unknown) => {
    if (isInvalidGrant(error)) return undefined
    throw error
  })
  const isAccepted = answer !== undefined
  await context.tokens.markEarlier(current.id, String(tokens.refresh_token), isAccepted ? 'accepted' : 'refused')
  const facts = { generation, newest: current.generation, replacedSeconds: secondsSince(context, current, earlier) }
  const { exchange } = context.lastAnswer('token')!
  context.prove({ name: 'refresh.reuseRefused', holds: !isAccepted, facts }, exchange)
  context.decide(isAccepted ? afterAccepted : afterRefused)
  const told = { generation, accepted: isAccepted, whatToDo: isAccepted ? [] : afterRefusedToDo }
  return isAccepted ? { ...told, answer: toldOf(keptTokensOf(context, server, answer)) } : told
}

/** How long ago the token was replaced: some servers take one again for a few seconds. */
function secondsSince({ clock }: RunContext, family: TokenFamily, { generation }: EarlierGeneration): number {
  return Math.max(0, Math.round((clock.now() - Date.parse(replacedAt(family, generation))) / 1000))
}

const afterAccepted = {
  subject: 'kept tokens',
  choice: 'left as they are',
  reason:
    'The new tokens can be looked at in this run and are not kept. The server may have ended the newest refresh token for them; the next use of the kept grant finds out.',
  specification,
}

const afterRefusedToDo = [
  'See whether the kept tokens are still active (introspect).',
  `If they are not: ${signInAgain}`,
]

const afterRefused = {
  subject: 'kept tokens',
  choice: 'left as they are',
  reason:
    'That is right. Many servers now revoke the whole grant, its newest tokens too: nobody was asked, the next use finds out. Introspect them, or sign in again.',
  specification,
}

function notKept(family: TokenFamily, generation: number): ProblemError {
  const others = (family.earlier ?? []).flatMap((one) =>
    replacedRefreshToken(family, one.generation) ? [one.generation] : [],
  )
  const detail =
    others.length === 0
      ? 'No replaced refresh token of this grant is kept: the one in use is the only one.'
      : `Answer ${generation} of this grant brought no refresh token that is kept and was replaced; these did: ${others.join(', ')}.`
  return problem('parameter-invalid', detail, {
    whatToDo: [
      ...(others.length === 0 ? [] : [`Name one of them (generation ${others[0]}).`]),
      'Leave generation out to refresh with the one in use.',
    ],
  })
}
