import type { IncomingMessage, ServerResponse } from 'node:http'
import type { JWK } from 'jose'
import type Provider from 'oidc-provider'
import { AccessTokens } from './authorization-server/access-tokens.ts'
import type { ServerParts } from './authorization-server/configuration.ts'
import { createProvider } from './authorization-server/create-provider.ts'
import { respondWithPage } from './authorization-server/html-response.ts'
import { handleInteraction } from './authorization-server/interaction.ts'
import { translatePlainChallenge } from './authorization-server/plain-pkce.ts'
import { keyOf } from './authorization-server/record-adapter.ts'
import { RecordStore } from './authorization-server/record-store.ts'
import { apiResources, playgroundApis } from './authorization-server/resources.ts'
import { takeJwtTokens } from './authorization-server/token-endpoints.ts'
import { handleUserinfo } from './authorization-server/userinfo.ts'
import { playgroundUsers } from './authorization-server/users.ts'
import type { PlaygroundPorts } from './describe-playground.ts'
import { proofRoutes } from './join/proof-routes.ts'
import { findRoute, type Context, type OwnRoutes } from './own-routes.ts'
import { renderNotFoundPage } from './pages/error-page.ts'
import { renderHomePage } from './pages/home-page.ts'
import { protectedApiRoutes } from './protected-api/protected-api.ts'

/** A login leaves about seven records, a refresh two; at about 1 KB each this is the memory that a long load test may take. */
const recordLimit = 200_000

type Next = () => Promise<unknown>

/** The request listener of the whole playground: authorization server, pages and protected API. */
export function createApplication(
  parts: Omit<ServerParts, 'records'>,
  ports: PlaygroundPorts,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { issuer, port, clients, state } = parts
  const records: ServerParts['records'] = new RecordStore(recordLimit)
  const provider = createProvider({ ...parts, records })
  const ownClients = new Set(clients.map(({ client_id }) => client_id))
  const accessTokens = new AccessTokens({
    issuer,
    audiences: apiResources(issuer),
    publicKeys: state.signingKeys.map(toPublicKey),
    records,
    lifeSeconds: parts.accessTokenSeconds,
    isClient: (id) => ownClients.has(id) || records.get(keyOf('Client', id)) !== undefined,
  })
  provider.on('access_token.issued', (token) => accessTokens.remember(token))

  const home = { issuer, clients, users: playgroundUsers, apis: playgroundApis(issuer) }
  const routes: OwnRoutes = {
    '/': { methods: ['GET', 'HEAD'], handle: (ctx) => respondWithPage(ctx, renderHomePage(home)) },
    '/interaction/': { methods: ['GET', 'HEAD', 'POST'], handle: (ctx) => handleInteraction(provider, ctx) },
    '/me': { methods: ['GET', 'HEAD', 'POST'], handle: (ctx) => handleUserinfo(accessTokens, ctx) },
    ...protectedApiRoutes(issuer, accessTokens),
    ...proofRoutes(state, ports),
  }
  use(provider, refuseForeignHost(port))
  use(provider, explainNotFound)
  use(provider, serveOwn(routes))
  use(provider, offerPlainChallenge)
  use(provider, takeJwtTokens(provider, accessTokens))
  return provider.callback()
}

function use(provider: Provider, middleware: (ctx: Context, next: Next) => Promise<unknown>): void {
  provider.use(middleware as Parameters<typeof provider.use>[0])
}

function toPublicKey({ kty, kid, use: purpose, alg, n, e, crv, x, y }: JWK): JWK {
  return JSON.parse(JSON.stringify({ kty, kid, use: purpose, alg, n, e, crv, x, y })) as JWK
}

/** SECURITY: without this a web page could reach the server under a name of its own (DNS rebinding). */
function refuseForeignHost(port: number) {
  const names = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  return async (ctx: Context, next: Next): Promise<unknown> => {
    if (names.has(ctx.host)) return next()
    ctx.status = 421
    ctx.body = { error: 'invalid_request', error_description: `this server is called 127.0.0.1:${port}` }
    return undefined
  }
}

async function explainNotFound(ctx: Context, next: Next): Promise<void> {
  await next()
  if (ctx.status !== 404 || ctx.body != null) return
  const request = `${ctx.method} ${ctx.path}`
  ctx.status = 404
  if (ctx.accepts('json', 'html') === 'html') respondWithPage(ctx, renderNotFoundPage(request))
  else ctx.body = { error: 'not_found', error_description: `nothing is at ${request}` }
}

function serveOwn(routes: OwnRoutes) {
  return async (ctx: Context, next: Next): Promise<unknown> => {
    const route = findRoute(routes, ctx.path)
    if (!route) return next()
    if (!route.methods || route.methods.includes(ctx.method)) return route.handle(ctx)
    ctx.status = 405
    ctx.set('Allow', route.methods.join(', '))
    ctx.body = { error: 'invalid_request', error_description: `use ${route.methods.join(' or ')}` }
    return undefined
  }
}

/** Lets the `plain` code challenge method work, and says so in the metadata. */
async function offerPlainChallenge(ctx: Context, next: Next): Promise<void> {
  if (ctx.method === 'GET' && ctx.path === '/auth') ctx.querystring = translatePlainChallenge(ctx.querystring)
  await next()
  if (!ctx.path.startsWith('/.well-known/') || ctx.status !== 200) return
  const metadata = ctx.body as Record<string, unknown>
  if (Array.isArray(metadata['code_challenge_methods_supported'])) {
    ctx.body = { ...metadata, code_challenge_methods_supported: ['S256', 'plain'] }
  }
}
