import type { AccessTokens } from '../authorization-server/access-tokens.ts'
import { apiScope } from '../authorization-server/resources.ts'
import { clientScopes } from '../authorization-server/scopes.ts'
import { authorizeBearer } from '../bearer.ts'
import type { Context, OwnRoutes } from '../own-routes.ts'
import { readBody } from '../read-body.ts'
import { noteRoutes } from './notes.ts'

const echoLimitBytes = 64 * 1024
const metadataPath = '/.well-known/oauth-protected-resource'

/** The protected API, a resource server beside the authorization server: a greeting, an echo, notes and its metadata. */
export function protectedApiRoutes(issuer: string, accessTokens: AccessTokens): OwnRoutes {
  const demand = { scope: apiScope, resourceMetadata: `${issuer}${metadataPath}/api` }
  return {
    '/api/hello': {
      methods: ['GET', 'HEAD'],
      handle: async (ctx) => {
        const token = await authorizeBearer(ctx, accessTokens, demand)
        if (token) ctx.body = { message: `Hello ${token.sub}`, sub: token.sub, scope: token.scope }
      },
    },
    '/api/echo': {
      handle: async (ctx) => {
        const token = await authorizeBearer(ctx, accessTokens, demand)
        if (token) ctx.body = { ...(await echo(ctx)), sub: token.sub, client_id: token.client_id, scope: token.scope }
      },
    },
    ...noteRoutes(accessTokens, demand.resourceMetadata),
    // RFC 9728 §3.1: the path of the resource follows the well-known part, and §3.3: the document names that resource.
    [metadataPath]: { methods: ['GET', 'HEAD'], handle: (ctx) => respondWithMetadata(ctx, issuer, issuer) },
    [`${metadataPath}/api`]: {
      methods: ['GET', 'HEAD'],
      handle: (ctx) => respondWithMetadata(ctx, issuer, `${issuer}/api`),
    },
  }
}

/** The request as it arrived, without what proves who sent it. */
async function echo(ctx: Context): Promise<Record<string, unknown>> {
  const { authorization, cookie, ...headers } = ctx.headers
  return {
    method: ctx.method,
    path: ctx.path,
    query: ctx.querystring,
    headers,
    body: await readBody(ctx.req, echoLimitBytes),
  }
}

function respondWithMetadata(ctx: Context, issuer: string, resource: string): void {
  ctx.body = {
    resource,
    authorization_servers: [issuer],
    scopes_supported: clientScopes,
    bearer_methods_supported: ['header'],
    resource_name: 'Playground API',
  }
}
