import type { Problem } from '../../contract/problem.ts'
import type { TracedResponse } from '../http/exchange.ts'
import { problem, type ProblemError } from '../problems/problem-error.ts'
import type { LastAnswer, RunContext } from '../runs/run-context.ts'
import { bearerChallengeOf, proveChallenge, type Challenge } from './read-challenge.ts'
import { renewalWayOf, signInAgain } from './renew-tokens.ts'
import { oauthErrorOf } from './token-request.ts'
import type { UsedToken } from './use-token.ts'

/** An answer to a request that carried a token, or none. */
export interface ResourceAnswer {
  response: TracedResponse
  /** `userinfo` or `resource`: finds the recorded exchange */
  purpose: string
  token?: UsedToken | undefined
}

/**
 * Lets an answer below 400 pass; another one is a refusal, named after its challenge. The answer itself is recorded and
 * stays there to look at.
 * @throws ProblemError resource-refused
 * @see RFC 6750 §3, RFC 9728 §5.1
 */
export async function requireAccepted(context: RunContext, answer: ResourceAnswer): Promise<void> {
  const { response, purpose } = answer
  if (response.status < 400) return
  const last = context.lastAnswer(purpose)
  if (response.status === 401 || response.headers.has('www-authenticate')) {
    await proveChallenge(context, response, last?.exchange ?? '')
  }
  throw await refusalOf(answer, last)
}

async function refusalOf({ response, token }: ResourceAnswer, last: LastAnswer | undefined): Promise<ProblemError> {
  const { status } = response
  const challenge = await bearerChallengeOf(response)
  const oauth = errorIn(challenge) ?? oauthErrorOf(last?.json)
  const words = oauth ? ` ${oauth.error}${oauth.error_description ? `: ${oauth.error_description}` : '.'}` : '.'
  const { host, pathname } = new URL(response.url)
  return problem('resource-refused', `${host}${pathname} answered ${status}${words}`, {
    status,
    specification: challenge ? 'RFC 6750 §3' : 'RFC 9110 §15.5',
    ...(last ? { exchange: last.exchange } : {}),
    ...(oauth ? { oauth } : {}),
    whatToDo: [...adviceFor({ status, error: oauth?.error, challenge, token }), ...metadataAdvice(challenge)],
  })
}

const longestText = 500

function errorIn(challenge: Challenge | undefined): Problem['oauth'] | undefined {
  const { error, error_description, error_uri } = challenge?.parameters ?? {}
  if (error === undefined) return undefined
  return {
    error: error.slice(0, 200),
    ...(error_description === undefined ? {} : { error_description: error_description.slice(0, longestText) }),
    ...(error_uri === undefined ? {} : { error_uri: error_uri.slice(0, longestText) }),
  }
}

interface Refused {
  status: number
  error: string | undefined
  challenge: Challenge | undefined
  token: UsedToken | undefined
}

function adviceFor(refused: Refused): string[] {
  const { status, error } = refused
  if (status === 403 || error === 'insufficient_scope') return scopeAdvice(refused)
  if (error === 'insufficient_user_authentication') return [strongerAdvice(refused)]
  if (error === 'invalid_request') return ['Look at the request: the API does not take the token in this way.']
  if (status === 401) return unauthorizedAdvice(refused)
  return status >= 500
    ? ['The server failed: look at its answer, and try again later.']
    : ['Look at the answer: it says what the API did not like.']
}

/** A parameter of the challenge, cut: it may be of any length. */
const told = ({ challenge }: Refused, name: string) => challenge?.parameters[name]?.slice(0, longestText)

function scopeAdvice(refused: Refused): string[] {
  const scope = told(refused, 'scope')
  return scope
    ? [`The request needs the scope ${scope}: sign in again and ask for it (scope).`]
    : ['The token is not allowed to do this: ask for a scope that is (scope), or sign in as somebody who may.']
}

/** @see RFC 9470 §3 */
function strongerAdvice(refused: Refused): string {
  const acr = told(refused, 'acr_values')
  return `Sign in again with a stronger authentication${acr ? `, ${acr}` : ''} (acr_values).`
}

function unauthorizedAdvice(refused: Refused): string[] {
  const { token } = refused
  if (!token) {
    const scope = told(refused, 'scope')
    return [`The API wants a token (token access_token)${scope ? `; it asks for the scope ${scope}` : ''}.`]
  }
  const audience = 'Check whom the token is for: its audience must be this API (resource).'
  if (!token.family) return ['Give another token: this one is refused.', audience]
  return renewalWayOf(token.family) ? [audience, signInAgain] : [signInAgain, audience]
}

/** @see RFC 9728 §5.1 */
function metadataAdvice(challenge: Challenge | undefined): string[] {
  const address = challenge?.parameters.resource_metadata?.slice(0, longestText)
  return address ? [`Its metadata names the authorization servers that it trusts: ${address}`] : []
}
