import { randomBytes } from 'node:crypto'
import type { AdapterPayload } from 'oidc-provider'
import { storeFull } from './api-error.ts'

/** The grant types that a client can be allowed. */
export const grantTypes = ['client_credentials', 'authorization_code', 'refresh_token'] as const

/** How a client authenticates at the token endpoint. */
export const authMethods = ['none', 'client_secret_basic', 'client_secret_post'] as const

/** What a person says about a client. */
export interface ClientFields {
  name: string
  allowed_scopes: string[]
  client_type: 'public' | 'confidential'
  allowed_grant_types: (typeof grantTypes)[number][]
  redirect_uris: string[]
  require_pkce: boolean
  logo_uri: string | null
  tos_uri: string | null
  policy_uri: string | null
}

/** A client of the emulator. Times are ISO 8601. */
export interface OAuthClient extends ClientFields {
  client_id: string
  client_secret?: string
  token_endpoint_auth_method: (typeof authMethods)[number]
  created_at: string
  updated_at: string
}

/** What a client is made of beside its fields; what is left out is made up. */
interface ClientIdentity {
  client_id?: string
  client_secret?: string
  token_endpoint_auth_method?: OAuthClient['token_endpoint_auth_method']
}

const clientLimit = 25_000

/** All clients in the order of their creation. They live as long as the playground. */
export class ClientStore {
  readonly #clients = new Map<string, OAuthClient>()

  /**
   * Adds a client; a confidential one has a secret.
   * @throws ApiError 503 when there is no room.
   */
  create(fields: ClientFields, identity: ClientIdentity = {}): OAuthClient {
    if (this.#clients.size >= clientLimit) throw storeFull('clients', clientLimit)
    const now = new Date().toISOString()
    const isPublic = fields.client_type === 'public'
    const client: OAuthClient = {
      ...fields,
      client_id: identity.client_id ?? randomBytes(16).toString('base64url'),
      token_endpoint_auth_method: identity.token_endpoint_auth_method ?? (isPublic ? 'none' : 'client_secret_basic'),
      ...(isPublic ? {} : { client_secret: identity.client_secret ?? randomBytes(32).toString('base64url') }),
      created_at: now,
      updated_at: now,
    }
    this.#clients.set(client.client_id, client)
    return client
  }

  /** The client with this id. */
  get(id: string): OAuthClient | undefined {
    return this.#clients.get(id)
  }

  /** Changes some fields of a client; it keeps its place in the list. */
  update(client: OAuthClient, changes: Partial<ClientFields>): void {
    Object.assign(client, changes, { updated_at: new Date().toISOString() })
  }

  /** Removes a client. What it was granted is the caller's to end. */
  delete(id: string): void {
    this.#clients.delete(id)
  }

  /** Every client, oldest first. */
  all(): OAuthClient[] {
    return [...this.#clients.values()]
  }
}

/** The client as oidc-provider knows it. */
export function toProviderClient(client: OAuthClient): AdapterPayload {
  const signsIn = client.allowed_grant_types.includes('authorization_code')
  return {
    client_id: client.client_id,
    ...(client.client_secret === undefined ? {} : { client_secret: client.client_secret }),
    client_name: client.name,
    token_endpoint_auth_method: client.token_endpoint_auth_method,
    grant_types: [...client.allowed_grant_types],
    response_types: signsIn ? ['code'] : [],
    // The emulator's own authorization endpoint checks these, and takes more schemes than oidc-provider would.
    redirect_uris: signsIn ? ['http://127.0.0.1/'] : [],
    scope: client.allowed_scopes.join(' '),
  }
}
