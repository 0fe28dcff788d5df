import { authorizeBearer } from '../bearer.ts'
import type { Context } from '../own-routes.ts'
import type { AccessTokens } from './access-tokens.ts'
import { claimsOf, claimsOfScope, findUser } from './users.ts'

/**
 * The userinfo endpoint, for the JWT access tokens that this server issues: the claims of the token's scopes.
 * @see OpenID Connect Core 1.0 §5.3
 */
export async function handleUserinfo(accessTokens: AccessTokens, ctx: Context): Promise<void> {
  const token = await authorizeBearer(ctx, accessTokens, { scope: 'openid' })
  if (!token) return
  const user = findUser(token.sub)
  if (!user) throw new Error('An access token with the scope openid belongs to no user.')
  const names = (token.scope ?? '').split(' ').flatMap((scope) => claimsOfScope[scope] ?? [])
  const claims = claimsOf(user)
  ctx.set('Cache-Control', 'no-store')
  ctx.body = Object.fromEntries(names.map((name) => [name, claims[name]]))
}
