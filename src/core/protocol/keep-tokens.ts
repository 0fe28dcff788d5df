import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import type { RunContext } from '../runs/run-context.ts'
import type { KeptTokens } from '../vault/token-family.ts'
import type { TokenKey } from '../vault/token-key.ts'

/** The part of a token answer that is kept. */
export interface TokenAnswer {
  access_token?: string
  id_token?: string | undefined
  refresh_token?: string | undefined
  token_type?: string
  scope?: string | undefined
  expires_in?: number | undefined
}

/** A token answer with everything it was got for. */
export interface Granted {
  server: AuthorizationServer
  parameters: ParameterValues
  answer: TokenAnswer
  /** the test user; empty for whoever signed in, and for the client itself */
  user: string
}

/** Keeps the tokens of a new grant under exactly what they were got for, and answers what may be told of them. */
export async function keepTokens(context: RunContext, granted: Granted): Promise<Json> {
  const tokens = keptTokensOf(context, granted.server, granted.answer)
  await context.tokens.keep(tokenKeyOf(context, granted), tokens, context.operation)
  return toldOf(tokens)
}

/** The key tokens are kept under. */
export function tokenKeyOf(context: RunContext, { server, parameters, user }: Omit<Granted, 'answer'>): TokenKey {
  return {
    workspace: context.workspace,
    profile: context.profile,
    issuer: server.issuer,
    client_id: String(parameters.client_id),
    redirect_uri: String(parameters.redirect_uri ?? ''),
    scope: String(parameters.scope ?? ''),
    resource: audiencesOf(parameters),
    user,
    keyBinding: '',
  }
}

/** No resource indicator has a blank: it is a URI (RFC 8707 §2). */
const audienceMark = 'audience '

/** Every API that was asked for, by either name, so that a token never turns up for another. */
export function audiencesOf(parameters: ParameterValues): string[] {
  const resources = (parameters.resource as string[] | undefined) ?? []
  return parameters.audience ? [...resources, `${audienceMark}${String(parameters.audience)}`] : resources
}

/** The parameters that ask for the APIs of `audiencesOf` again. */
export function audienceParameters(audiences: readonly string[]): ParameterValues {
  const audience = audiences.find((one) => one.startsWith(audienceMark))?.slice(audienceMark.length)
  return { resource: audiences.filter((one) => !one.startsWith(audienceMark)), audience }
}

/** A token answer as it is kept: `expires_in` becomes a time. @see RFC 6749 §5.1 */
export function keptTokensOf(context: RunContext, server: AuthorizationServer, answer: TokenAnswer): KeptTokens {
  const { access_token, id_token, refresh_token, token_type, scope, expires_in } = answer
  // A server may claim any number; past the year 275760 there are no dates.
  const expires = new Date(context.clock.now() + (expires_in ?? Number.NaN) * 1000)
  const expiresAt = Number.isNaN(expires.getTime()) ? undefined : expires.toISOString()
  const issuedAt = URL.parse(server.token_endpoint ?? '')?.origin
  const { connection, runId } = context
  return { access_token, id_token, refresh_token, token_type, scope, expiresAt, issuedAt, connection, runId }
}

/** The typed result of a grant: facts, no values. */
export function toldOf({ token_type, scope, expiresAt, refresh_token, id_token }: KeptTokens): Json {
  return {
    token_type: token_type ?? null,
    scope: scope ?? null,
    expiresAt: expiresAt ?? null,
    hasRefreshToken: Boolean(refresh_token),
    hasIdToken: Boolean(id_token),
  }
}
