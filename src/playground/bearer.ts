import type { AccessTokenClaims, AccessTokens } from './authorization-server/access-tokens.ts'
import type { Context } from './own-routes.ts'

/** What a resource wants of an access token. */
interface BearerDemand {
  scope: string
  /** Address of the resource's metadata, if it has any. @see RFC 9728 §5.1 */
  resourceMetadata?: string
}

/**
 * The claims of the request's access token when it is good and has the scope. Otherwise answers 400, 401 or 403 with
 * the challenge of RFC 6750 §3 and gives nothing.
 */
export async function authorizeBearer(
  ctx: Context,
  accessTokens: AccessTokens,
  demand: BearerDemand,
): Promise<AccessTokenClaims | undefined> {
  const header = ctx.get('Authorization')
  // RFC 6750 §3.1: a request without any authentication gets no error code.
  if (header === '') return refuse(ctx, demand, { status: 401 })
  const [, token] = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header) ?? []
  if (token === undefined) {
    const description = 'The Authorization header is not a Bearer token.'
    return refuse(ctx, demand, { status: 400, error: 'invalid_request', description })
  }
  const verdict = await accessTokens.check(token)
  if (!verdict.active) return refuse(ctx, demand, { status: 401, error: 'invalid_token', description: verdict.why })
  if (!hasScope(verdict.claims, demand.scope)) {
    const description = `The access token lacks the scope ${demand.scope}.`
    return refuse(ctx, demand, { status: 403, error: 'insufficient_scope', description })
  }
  return verdict.claims
}

/** Whether the token's scope has this value. */
function hasScope(claims: AccessTokenClaims, scope: string): boolean {
  return (claims.scope ?? '').split(' ').includes(scope)
}

interface Refusal {
  status: number
  error?: string
  description?: string
}

function refuse(ctx: Context, demand: BearerDemand, { status, error, description }: Refusal): undefined {
  const parameters = {
    realm: 'playground',
    error,
    error_description: description,
    scope: status === 400 ? undefined : demand.scope,
    resource_metadata: demand.resourceMetadata,
  }
  const challenge = Object.entries(parameters).filter(([, value]) => value !== undefined)
  ctx.status = status
  ctx.set('WWW-Authenticate', `Bearer ${challenge.map(([name, value]) => `${name}="${value}"`).join(', ')}`)
  ctx.set('Cache-Control', 'no-store')
  ctx.body =
    error === undefined ? { error_description: 'No access token was sent.' } : { error, error_description: description }
}
