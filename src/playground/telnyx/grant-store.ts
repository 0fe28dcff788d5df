import type { AdapterPayload } from 'oidc-provider'
import { storeFull } from './api-error.ts'

/** A grant as the API shows it. Times are ISO 8601. */
export interface GrantRecord {
  id: string
  record_type: 'oauth_grant'
  client_id: string
  scopes: string[]
  created_at: string
  last_used_at: string | null
}

interface StoredGrant {
  payload: AdapterPayload
  createdAt: string
  lastUsedAt: string | null
}

const grantLimit = 20_000

/** All grants in the order of their creation. They are oidc-provider's own, stored here for it and for the API alike. */
export class GrantStore {
  readonly #grants = new Map<string, StoredGrant>()

  /**
   * Adds or replaces what oidc-provider keeps of a grant.
   * @throws ApiError 503 when there is no room.
   */
  put(id: string, payload: AdapterPayload): void {
    const existing = this.#grants.get(id)
    if (!existing && this.#grants.size >= grantLimit) throw storeFull('grants', grantLimit)
    const createdAt = existing?.createdAt ?? new Date().toISOString()
    this.#grants.set(id, { payload, createdAt, lastUsedAt: existing?.lastUsedAt ?? null })
  }

  /** What oidc-provider keeps of a grant. */
  payloadOf(id: string): AdapterPayload | undefined {
    return this.#grants.get(id)?.payload
  }

  /** The grant with this id. */
  get(id: string): GrantRecord | undefined {
    const grant = this.#grants.get(id)
    return grant && toRecord(id, grant)
  }

  /** Notes that a token of the grant was issued or used now. */
  touch(id: string | undefined): void {
    const grant = id === undefined ? undefined : this.#grants.get(id)
    if (grant) grant.lastUsedAt = new Date().toISOString()
  }

  /** Removes a grant. Its tokens are the caller's to end. */
  delete(id: string): void {
    this.#grants.delete(id)
  }

  /** Every grant, oldest first. */
  all(): GrantRecord[] {
    return [...this.#grants].map(([id, grant]) => toRecord(id, grant))
  }

  /** The ids of a client's grants. */
  idsOfClient(clientId: string): string[] {
    return [...this.#grants].filter(([, { payload }]) => payload.clientId === clientId).map(([id]) => id)
  }
}

function toRecord(id: string, { payload, createdAt, lastUsedAt }: StoredGrant): GrantRecord {
  return {
    id,
    record_type: 'oauth_grant',
    client_id: payload.clientId ?? '',
    scopes: scopesOf(payload.openid as { scope?: string } | undefined),
    created_at: createdAt,
    last_used_at: lastUsedAt,
  }
}

function scopesOf(openid: { scope?: string } | undefined): string[] {
  return (openid?.scope ?? '').split(' ').filter(Boolean)
}
