import { data, page, type Answer } from './answer.ts'
import type { ErrorShape } from './api-error.ts'
import { jsonObject, type ApiRequest } from './api-request.ts'
import { authorize } from './authorize.ts'
import type { Callers } from './authorize-caller.ts'
import { createClient, deleteClient, getClient, listClients, updateClient } from './clients-api.ts'
import { decideConsent, getConsent } from './consent-api.ts'
import { addFault, seedClients, setSwitches } from './control.ts'
import { deleteGrant, getGrant, listGrants } from './grants-api.ts'
import { renderEmulatorPage } from './home-page.ts'
import { resourceMetadata, serverMetadata } from './metadata.ts'
import type { EmulatorParts } from './parts.ts'
import { showPortal } from './portal.ts'
import { register } from './registration.ts'
import { answerIntrospection, answerJwks, answerToken } from './token-endpoint.ts'

/** Answers one request. */
type Handle = (request: ApiRequest, parts: EmulatorParts) => Answer | Promise<Answer>

/** One operation. */
export interface Route {
  /** Who may call; left out: anybody, whatever the Authorization header says. */
  callers?: Callers
  /** How its errors look unless the switch `spec_errors` is on. */
  errors: ErrorShape
  handle: Handle
}

const open = (errors: ErrorShape, handle: Handle): Route => ({ errors, handle })
const keyed = (errors: ErrorShape, handle: Handle): Route => ({ callers: 'key', errors, handle })
const managed = (handle: Handle): Route => ({ callers: 'key-or-token', errors: 'envelope', handle })

const metadata = open('oauth', (_request, { issuer, switches }) => serverMetadata(issuer, switches))
const resource = (path: string) =>
  open('oauth', (_request, { issuer, switches }) => resourceMetadata(issuer, path, switches))
const portal = open('oauth', showPortal)

/** Every operation by method and path; `:id` at the end is one segment. */
const routes: Record<string, Route> = {
  'GET /': open('envelope', (_request, { issuer }) => page(200, renderEmulatorPage(issuer))),
  'GET /.well-known/oauth-authorization-server': metadata,
  'GET /v2/.well-known/oauth-authorization-server': metadata,
  'GET /.well-known/oauth-protected-resource': resource(''),
  'GET /v2/.well-known/oauth-protected-resource': resource(''),
  'GET /.well-known/oauth-protected-resource/v2/mcp': resource('/v2/mcp'),
  'GET /.well-known/oauth-protected-resource/v2/ai/mcp': resource('/v2/ai/mcp'),
  'GET /v2/oauth/authorize': open('oauth', authorize),
  'GET /portal/consent': portal,
  'POST /portal/consent': portal,
  'GET /v2/oauth/consent/:id': keyed('oauth', getConsent),
  'POST /v2/oauth/grants': keyed('oauth', decideConsent),
  'POST /v2/oauth/introspect': open('oauth', answerIntrospection),
  'GET /v2/oauth/jwks': open('oauth', answerJwks),
  'POST /v2/oauth/register': open('oauth', (request, { clients, switches }) =>
    register(jsonObject(request), clients, switches),
  ),
  'POST /v2/oauth/token': open('oauth', answerToken),
  'GET /v2/oauth_clients': managed(listClients),
  'POST /v2/oauth_clients': managed(createClient),
  'GET /v2/oauth_clients/:id': managed(getClient),
  'PUT /v2/oauth_clients/:id': managed(updateClient),
  'DELETE /v2/oauth_clients/:id': managed(deleteClient),
  'GET /v2/oauth_grants': managed(listGrants),
  'GET /v2/oauth_grants/:id': managed(getGrant),
  'DELETE /v2/oauth_grants/:id': managed(deleteGrant),
  'GET /emulator/switches': keyed('envelope', (_request, { switches }) => data(switches)),
  'PUT /emulator/switches': keyed('envelope', setSwitches),
  'GET /emulator/faults': keyed('envelope', (_request, { faults }) => data(faults.waiting())),
  'POST /emulator/faults': keyed('envelope', addFault),
  'DELETE /emulator/faults': keyed('envelope', (_request, { faults }) => emptied(() => faults.clear())),
  'GET /emulator/requests': keyed('envelope', (_request, { log }) => data(log.all())),
  'DELETE /emulator/requests': keyed('envelope', (_request, { log }) => emptied(() => log.clear())),
  'POST /emulator/clients': keyed('envelope', seedClients),
}

function emptied(clear: () => void): Answer {
  clear()
  return { status: 204, headers: {}, body: '' }
}

/** The operation at a path, with the id that the path has. A HEAD request is answered like GET, without the body. */
export function findRoute(method: string, path: string): { route: Route; id: string } | undefined {
  const verb = method === 'HEAD' ? 'GET' : method
  const exact = `${verb} ${path}`
  if (Object.hasOwn(routes, exact) && !path.endsWith('/:id')) return found(routes[exact], '')
  const cut = path.lastIndexOf('/')
  const id = decoded(path.slice(cut + 1))
  const below = `${verb} ${path.slice(0, cut)}/:id`
  return id !== '' && Object.hasOwn(routes, below) ? found(routes[below], id) : undefined
}

function found(route: Route | undefined, id: string): { route: Route; id: string } | undefined {
  return route && { route, id }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return ''
  }
}
