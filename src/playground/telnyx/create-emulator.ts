import { RecordStore } from '../authorization-server/record-store.ts'
import { playgroundUsers } from '../authorization-server/users.ts'
import type { PlaygroundTelnyx } from '../playground-info.ts'
import type { PlaygroundState } from '../state/playground-state.ts'
import type { Stores } from './adapters.ts'
import { ApiKey } from './api-key.ts'
import { ClientStore } from './client-store.ts'
import { Consents } from './consents.ts'
import { createEmulatorProvider } from './create-provider.ts'
import { Faults } from './faults.ts'
import { GrantStore } from './grant-store.ts'
import type { EmulatorParts } from './parts.ts'
import { PortalSessions } from './portal-sessions.ts'
import { ProviderEndpoints } from './provider-endpoints.ts'
import { RateLimit } from './rate-limit.ts'
import { RequestLog } from './request-log.ts'
import { scopesSupported } from './scopes.ts'
import type { TelnyxSwitches } from './switches.ts'
import { derivedUuid } from './telnyx-info.ts'

/** Codes and tokens that are held at once. */
const recordLimit = 100_000

/** An emulator with its two example clients. */
export function createEmulator(
  info: PlaygroundTelnyx,
  state: PlaygroundState,
  switches: TelnyxSwitches,
): EmulatorParts {
  const stores: Stores = { clients: new ClientStore(), grants: new GrantStore(), records: new RecordStore(recordLimit) }
  addExampleClients(stores.clients, info)
  const { provider, ownClient } = createEmulatorProvider(info.issuer, state, stores)
  const keyOwner = playgroundUsers[0]?.username ?? ''
  return {
    ...stores,
    issuer: info.issuer,
    provider,
    ownClient,
    endpoints: new ProviderEndpoints(provider),
    apiKey: new ApiKey(info.api_key),
    consents: new Consents(provider, stores.clients),
    sessions: new PortalSessions(Number(new URL(info.issuer).port)),
    introspections: new RateLimit(5, 60),
    faults: new Faults(),
    log: new RequestLog(),
    switches,
    maker: { org_id: derivedUuid(state, 'the organization'), user_id: derivedUuid(state, keyOwner) },
    keyOwner,
  }
}

function addExampleClients(clients: ClientStore, info: PlaygroundTelnyx): void {
  const allowed_scopes = scopesSupported({ admin_scope: false })
  const common = { allowed_scopes, logo_uri: null, tos_uri: null, policy_uri: null }
  clients.create(
    {
      ...common,
      name: 'Example app',
      client_type: 'public',
      allowed_grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: [info.redirect_uri],
      require_pkce: true,
    },
    { client_id: info.client_id },
  )
  clients.create(
    {
      ...common,
      name: 'Example machine',
      client_type: 'confidential',
      allowed_grant_types: ['client_credentials'],
      redirect_uris: [],
      require_pkce: false,
    },
    { client_id: info.machine_client_id, client_secret: info.machine_client_secret },
  )
}
