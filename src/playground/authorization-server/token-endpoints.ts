import type Provider from 'oidc-provider'
import type { errors } from 'oidc-provider'
import type { Context } from '../own-routes.ts'
import { isClientsOwn, type AccessTokens } from './access-tokens.ts'
import { mayInspect } from './configuration.ts'

type Next = () => Promise<unknown>

/**
 * Makes the introspection and revocation endpoints take JWT access tokens. oidc-provider authenticates the client, then
 * refuses every JWT with unsupported_token_type; that refusal, and no other, is replaced by the answer.
 * @see RFC 7662 §2, RFC 7009 §2
 */
export function takeJwtTokens(provider: Provider, accessTokens: AccessTokens) {
  const refused = new WeakSet<object>()
  const remember = (ctx: Context, error: errors.OIDCProviderError) => {
    if (error.error === 'unsupported_token_type') refused.add(ctx.req)
  }
  provider.on('introspection.error', remember)
  provider.on('revocation.error', remember)
  return async (ctx: Context, next: Next): Promise<void> => {
    await next()
    if (!refused.has(ctx.req)) return
    ctx.remove('Content-Security-Policy')
    if (ctx.oidc.route === 'introspection') await introspect(ctx, accessTokens)
    else await revoke(ctx, accessTokens)
  }
}

async function introspect(ctx: Context, accessTokens: AccessTokens): Promise<void> {
  const verdict = await accessTokens.check(tokenOf(ctx))
  ctx.status = 200
  ctx.type = 'json'
  const caller = ctx.oidc.client
  if (!verdict.active || !caller || !mayInspect(caller, { clientId: verdict.claims.client_id })) {
    ctx.body = { active: false }
    return
  }
  const { claims } = verdict
  const username = isClientsOwn(claims) ? undefined : claims.sub
  ctx.body = { active: true, ...claims, username, token_type: 'Bearer' }
}

async function revoke(ctx: Context, accessTokens: AccessTokens): Promise<void> {
  const verdict = await accessTokens.check(tokenOf(ctx))
  if (verdict.active && verdict.claims.client_id !== ctx.oidc.client?.clientId) {
    ctx.status = 400
    ctx.type = 'json'
    ctx.body = { error: 'invalid_request', error_description: 'the token was not issued to this client' }
    return
  }
  if (verdict.active) accessTokens.revoke(verdict.claims)
  // RFC 7009 §2.2: a token that is no good any more is answered like one that was revoked now.
  ctx.status = 200
  ctx.type = 'text'
  ctx.body = ''
}

function tokenOf(ctx: Context): string {
  return String(ctx.oidc.params?.['token'])
}
