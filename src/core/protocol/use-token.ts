import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import type { TracedResponse } from '../http/exchange.ts'
import { problem } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'
import { marginSeconds, type TokenFamily } from '../vault/token-family.ts'
import { bearerChallengeOf } from './read-challenge.ts'
import { endedProblem, renewalWayOf, renewTokens, signInAgain, type RenewalWay } from './renew-tokens.ts'
import { isGoodFor, lifeOf } from '../vault/token-life.ts'

/** A token as requests carry it. */
export interface UsedToken {
  kind: 'access_token' | 'id_token'
  value: string
  /** the kept grant it belongs to; absent for one given by hand, which cannot be renewed */
  family?: TokenFamily
}

/** What a token is wanted for. */
export interface TokenOrder {
  parameters: ParameterValues
  kind: UsedToken['kind']
  /** got for somebody who signed in, not for the client itself */
  ofUser?: boolean
  /** reads the metadata of an issuer, once; called only when tokens are renewed */
  discover(issuer: string): Promise<AuthorizationServer>
}

/**
 * The token to send: the one given by hand, else the one kept for this profile and user, renewed first when it ends
 * within a minute. The run says which and why.
 * @throws ProblemError token-missing when there is none, or only one that has ended; as renewTokens
 */
export async function takeToken(context: RunContext, order: TokenOrder): Promise<UsedToken> {
  const { parameters, kind } = order
  if (kind === 'access_token' && typeof parameters.access_token === 'string') {
    context.learn(parameters.access_token)
    return { kind, value: parameters.access_token }
  }
  const family = await findKept(context, order)
  const now = context.clock.now()
  const ends = lifeOf(family, kind, now)
  const whose = family.key.user === '' ? 'the one kept' : `the one kept for ${family.key.user}`
  context.decide({ subject: kind, choice: whose, reason: `Got for scope ${family.scope || '(none)'}. ${ends}` })
  if (parameters.auto_refresh === false || isGoodFor(family, kind, { now, seconds: marginSeconds })) {
    return used(context, kind, family)
  }
  const way = renewalWayOf(family, parameters.client_id)
  if (way) return renew(context, { order, family, way, reason: ends })
  if (!isGoodFor(family, kind, { now, seconds: 0 })) throw endedProblem(family, ends)
  return used(context, kind, family)
}

/** A request that carries a token. */
export interface Sending {
  order: TokenOrder
  token: UsedToken
  send(token: UsedToken): Promise<TracedResponse>
}

/**
 * Sends a request with its token. When it is refused with 401 and the token can be renewed, that is done once and the
 * request is sent again; another error than `invalid_token` says that a new token would not help.
 * @see RFC 6750 §3.1
 */
export async function sendWithToken(
  context: RunContext,
  { order, token, send }: Sending,
): Promise<{ response: TracedResponse; token: UsedToken }> {
  const response = await send(token)
  const renewal = await renewalAfter(response, { order, token })
  if (!renewal) return { response, token }
  const renewed = await renew(context, { order, ...renewal })
  // Not every refresh brings a new ID token: the same one again would be refused again.
  if (renewed.value === token.value) return { response, token }
  return { response: await send(renewed), token: renewed }
}

/** What a refused request gives reason to; undefined when a new token would not help or cannot be had. */
async function renewalAfter(
  response: TracedResponse,
  { order: { parameters }, token: { family } }: Pick<Sending, 'order' | 'token'>,
): Promise<Omit<Renewing, 'order'> | undefined> {
  const way = family && renewalWayOf(family, parameters.client_id)
  if (response.status !== 401 || !way || parameters.auto_refresh === false) return undefined
  const error = (await bearerChallengeOf(response))?.parameters.error
  if (error !== undefined && error !== 'invalid_token') return undefined
  return { family, way, reason: `The answer was 401${error ? ` ${error}` : ''}.` }
}

/** SECURITY: without a profile and an issuer nothing says whose token is meant, and any kept one could go anywhere. */
async function findKept(context: RunContext, { parameters, kind, ofUser = false }: TokenOrder): Promise<TokenFamily> {
  const text = (name: string) => (parameters[name] === undefined ? undefined : String(parameters[name]))
  if (context.profile === null && parameters.issuer === undefined) {
    throw problem(
      'token-missing',
      'There is no token to send, and no profile or issuer says which kept one is meant.',
      {
        whatToDo: ['Choose a profile.', 'Give a token (access_token).', 'Or send none (token none).'],
      },
    )
  }
  return context.tokens.findUsable({
    profile: context.profile,
    issuer: text('issuer'),
    client_id: text('client_id'),
    user: text('user'),
    scope: text('scope'),
    kind,
    ofUser,
  })
}

interface Renewing {
  order: TokenOrder
  family: TokenFamily
  way: RenewalWay
  reason: string
}

async function renew(context: RunContext, { order, family, way, reason }: Renewing): Promise<UsedToken> {
  const server = await order.discover(family.key.issuer)
  const next = await context.step('refresh', async () => {
    context.decide({ subject: 'renewal', choice: way, reason, specification: renewalSections[way] })
    return renewTokens(context, { server, parameters: order.parameters, family, way })
  })
  return used(context, order.kind, next)
}

const renewalSections: Record<RenewalWay, string> = {
  'refresh token': 'RFC 6749 §6',
  'client credentials': 'RFC 6749 §4.4.3',
}

function used(context: RunContext, kind: UsedToken['kind'], family: TokenFamily): UsedToken {
  const value = family.tokens[kind]
  if (!value) throw problem('token-missing', `The new answer brought no ${kind}.`, { whatToDo: [signInAgain] })
  context.learn(value)
  // SECURITY: a changed file may lead it through a stranger's proxy.
  context.keepTo(value, { connection: family.tokens.connection }, `The kept ${kind}`)
  return { kind, value, family }
}
