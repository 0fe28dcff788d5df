import { data, json, type Answer } from './answer.ts'
import { notFound } from './api-error.ts'
import { jsonObject, type ApiRequest } from './api-request.ts'
import { filterClients } from './client-filters.ts'
import { readClientChanges, readNewClient } from './client-input.ts'
import type { OAuthClient } from './client-store.ts'
import { revokeGrant } from './grants-api.ts'
import { pageOf } from './paging.ts'
import type { EmulatorParts } from './parts.ts'

/** `GET /oauth_clients`: one page of the clients that the filters keep, oldest first. */
export function listClients({ query }: ApiRequest, parts: EmulatorParts): Answer {
  return pageOf(filterClients(parts.clients.all(), query), query, (client) => toRecord(client, parts))
}

/** `POST /oauth_clients`: makes a client; this answer has its secret. */
export function createClient(request: ApiRequest, parts: EmulatorParts): Answer {
  const client = parts.clients.create(readNewClient(jsonObject(request), parts.switches))
  const secret = client.client_secret === undefined ? {} : { client_secret: client.client_secret }
  const record = { ...toRecord(client, parts), ...secret }
  return json(parts.switches.create_status, { data: record }, { 'cache-control': 'no-store' })
}

/** `GET /oauth_clients/{id}`. */
export function getClient({ id }: ApiRequest, parts: EmulatorParts): Answer {
  return data(toRecord(find(id, parts), parts))
}

/** `PUT /oauth_clients/{id}`: changes what the body names; the rest stays. */
export function updateClient(request: ApiRequest, parts: EmulatorParts): Answer {
  const client = find(request.id, parts)
  parts.clients.update(client, readClientChanges(jsonObject(request), client, parts.switches))
  return data(toRecord(client, parts))
}

/** `DELETE /oauth_clients/{id}`: the client, its grants and all its tokens are gone at once. */
export async function deleteClient({ id }: ApiRequest, parts: EmulatorParts): Promise<Answer> {
  const { client_id } = find(id, parts)
  parts.clients.delete(client_id)
  for (const grantId of parts.grants.idsOfClient(client_id)) await revokeGrant(grantId, parts)
  return { status: 204, headers: {}, body: '' }
}

function find(id: string, { clients }: EmulatorParts): OAuthClient {
  const client = clients.get(id)
  if (client) return client
  throw notFound()
}

/** SECURITY: the secret is shown when it is made and, unless a switch says otherwise, never again. */
function toRecord(client: OAuthClient, { maker, switches }: EmulatorParts): Record<string, unknown> {
  const { client_secret, token_endpoint_auth_method: _method, ...fields } = client
  const secret = switches.show_client_secret && client_secret !== undefined ? { client_secret } : {}
  return { record_type: 'oauth_client', ...maker, ...fields, ...secret }
}
