import type { AuthorizationServer } from 'oauth4webapi'
import { decodeJwt } from 'jose/jwt/decode'
import type { ParameterValues } from '../../contract/description.ts'
import { problem, ProblemError } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'
import type { KeptTokens, TokenFamily } from '../vault/token-family.ts'
import type { TokenKey } from '../vault/token-key.ts'
import { requestClientCredentials } from './client-credentials-request.ts'
import { audienceParameters, keptTokensOf, type TokenAnswer } from './keep-tokens.ts'
import { requestRefresh } from './refresh-request.ts'
import { endpointOf } from './token-request.ts'

/** How a kept grant gets new tokens: by its refresh token, or by asking for the client itself once more. */
export type RenewalWay = 'refresh token' | 'client credentials'

/** A kept grant that is to be renewed. */
export interface Renewal {
  /** of the family's own issuer */
  server: AuthorizationServer
  parameters: ParameterValues
  family: TokenFamily
  way: RenewalWay
  /** asked for in the request; left out: what the newest tokens were asked for */
  scope?: string | undefined
}

/** What a person does when nothing but a new sign-in helps. */
export const signInAgain = 'Sign in again (authorization-code).'

/** How a family can be renewed without anybody, as this client when one is given; undefined when it cannot be. */
export function renewalWayOf({ key, grant, tokens, dead }: TokenFamily, clientId?: unknown): RenewalWay | undefined {
  // SECURITY: what one client proves itself with is not sent in another's name.
  if (clientId !== undefined && clientId !== key.client_id) return undefined
  if (grant === 'client-credentials') return 'client credentials'
  return tokens.refresh_token && !dead ? 'refresh token' : undefined
}

/** What has ended and cannot be renewed, and why; nothing was sent. `ends` says when it ended. */
export function endedProblem(family: TokenFamily, ends: string): ProblemError {
  const { client_id } = family.key
  const [why, ...advice] = family.dead
    ? ['the server refused its refresh token before']
    : renewalWayOf(family)
      ? [`it was got as client ${client_id}`, `Name that client (client_id ${client_id}).`]
      : ['there is no refresh token', 'Most servers send a refresh token only for the scope offline_access.']
  return problem('token-missing', `${ends} It cannot be renewed: ${why}.`, {
    whatToDo: [signInAgain, ...advice],
    specification: 'RFC 6749 §6',
  })
}

/**
 * Gets new tokens for a kept grant and keeps them as its next generation. One caller at a time, across processes: who
 * waited for another takes what that one got. A refresh token that the server refuses for good is remembered as dead.
 * @throws ProblemError token-missing when the grant is gone; as requestToken
 * @see RFC 6749 §6, §4.4
 */
export async function renewTokens(context: RunContext, renewal: Renewal): Promise<TokenFamily> {
  const { server, family, way } = renewal
  endpointOf(server, 'token_endpoint')
  const scope = renewal.scope ?? (family.scope === family.key.scope ? undefined : family.scope)
  let sent = family
  try {
    return await context.tokens.refresh(
      family,
      async (current) => {
        sent = current
        const answer = await request(context, { ...renewal, scope }, current)
        proveSubject(context, current, answer)
        return keptTokensOf(context, server, answer)
      },
      { scope, signal: context.signal },
    )
  } catch (error) {
    if (way !== 'refresh token' || !isInvalidGrant(error)) throw error
    await context.tokens.markDead(sent)
    throw deadProblem(error)
  }
}

/** One token request with what the grant was got for: client, scope and audience are the family's own. */
function request(context: RunContext, renewal: Renewal, { key, tokens }: TokenFamily): Promise<TokenAnswer> {
  const { server, way, scope } = renewal
  const parameters = familysOwn(renewal.parameters, key)
  if (way === 'client credentials') {
    return requestClientCredentials(context, { server, parameters: { ...parameters, scope: scope ?? key.scope } })
  }
  return sendKept(context, { server, parameters: { ...parameters, scope }, tokens })
}

/** The parameters of a request with client and audience as the grant was got for; its scope is nobody's yet. */
export function familysOwn({ scope: _scope, ...others }: ParameterValues, key: TokenKey): ParameterValues {
  return { ...others, client_id: key.client_id, ...audienceParameters(key.resource) }
}

/** Kept tokens whose refresh token is to be sent. */
export interface KeptRefresh {
  server: AuthorizationServer
  parameters: ParameterValues
  tokens: KeptTokens
}

/**
 * Sends a kept refresh token, to where it came from and over the connection it came over.
 * @throws ProblemError secret-not-bound; as requestToken
 */
export function sendKept(context: RunContext, { server, parameters, tokens }: KeptRefresh): Promise<TokenAnswer> {
  const refreshToken = String(tokens.refresh_token)
  // SECURITY: metadata that names another token endpoint than before, or a changed file, must not get it.
  const { issuedAt, connection } = tokens
  context.keepTo(
    refreshToken,
    { origins: issuedAt === undefined ? undefined : [issuedAt], connection },
    'The kept refresh token',
  )
  return requestRefresh(context, { server, parameters, refreshToken })
}

/** A refreshed ID token must be about the same user. @see OpenID Connect Core §12.2 */
function proveSubject(context: RunContext, { tokens }: TokenFamily, answer: TokenAnswer): void {
  const expected = subjectOf(tokens.id_token)
  const received = subjectOf(answer.id_token)
  if (expected === undefined || received === undefined) return
  const facts = { expected, received, of: 'ID token' }
  context.prove({ name: 'sub.matches', holds: received === expected, facts }, context.lastAnswer('token')?.exchange)
}

/** The `sub` of an ID token; undefined when it has none that can be read. */
export function subjectOf(idToken: string | undefined): string | undefined {
  if (!idToken) return undefined
  try {
    return decodeJwt(idToken).sub
  } catch {
    return undefined
  }
}

/** Tells whether the server refused the grant itself. @see RFC 6749 §5.2 */
export function isInvalidGrant(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.problem.oauth?.error === 'invalid_grant'
}

/** @see RFC 6749 §5.2 */
function deadProblem(error: ProblemError): ProblemError {
  const said = error.problem.detail
  const detail = `${said}${/[.!?]$/.test(said) ? '' : '.'} It is not sent again by itself.`
  return new ProblemError({ ...error.problem, detail, whatToDo: [signInAgain] }, error)
}
