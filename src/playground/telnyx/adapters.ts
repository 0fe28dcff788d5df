import type { Adapter, AdapterPayload } from 'oidc-provider'
import { RecordAdapter, type Records } from '../authorization-server/record-adapter.ts'
import { toProviderClient, type ClientStore } from './client-store.ts'
import type { GrantStore } from './grant-store.ts'

/** Where the emulator keeps what its authorization server works on. */
export interface Stores {
  clients: ClientStore
  grants: GrantStore
  /** Codes and tokens. */
  records: Records
}

/** oidc-provider's storage of one model: the clients and grants of the API, or codes and tokens. */
export function adapterOf(model: string, stores: Stores): Adapter {
  if (model === 'Client') return new ClientAdapter(stores.clients)
  if (model === 'Grant') return new GrantAdapter(model, stores)
  return new TokenAdapter(model, stores)
}

/** Clients come from the API alone, so nothing here writes. */
class ClientAdapter implements Pick<Adapter, 'find'> {
  readonly #clients: ClientStore
  constructor(clients: ClientStore) {
    this.#clients = clients
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const client = this.#clients.get(id)
    return client && toProviderClient(client)
  }

  async upsert(): Promise<void> {
    throw new Error('Clients are made over the API.')
  }

  async findByUid(): Promise<undefined> {
    return undefined
  }

  async findByUserCode(): Promise<undefined> {
    return undefined
  }

  async consume(): Promise<void> {
    throw new Error('A client is not consumed.')
  }

  async destroy(id: string): Promise<void> {
    this.#clients.delete(id)
  }

  async revokeByGrantId(): Promise<void> {
    throw new Error('A client belongs to no grant.')
  }
}

class GrantAdapter extends RecordAdapter {
  readonly #grants: GrantStore

  constructor(model: string, { records, grants }: Stores) {
    super(model, records)
    this.#grants = grants
  }

  override async upsert(id: string, payload: AdapterPayload): Promise<void> {
    this.#grants.put(id, payload)
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#grants.payloadOf(id)
  }

  override async destroy(id: string): Promise<void> {
    this.#grants.delete(id)
  }
}

/** SECURITY: a code or token whose client is gone is gone with it, whether it has a grant or not. */
class TokenAdapter extends RecordAdapter {
  readonly #clients: ClientStore

  constructor(model: string, { records, clients }: Stores) {
    super(model, records)
    this.#clients = clients
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const payload = await super.find(id)
    return payload?.clientId === undefined || this.#clients.get(payload.clientId) ? payload : undefined
  }
}
