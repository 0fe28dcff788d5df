import type Provider from 'oidc-provider'
import type { Stores } from './adapters.ts'
import type { ApiKey } from './api-key.ts'
import type { Consents } from './consents.ts'
import type { EmulatorProvider } from './create-provider.ts'
import type { Faults } from './faults.ts'
import type { PortalSessions } from './portal-sessions.ts'
import type { ProviderEndpoints } from './provider-endpoints.ts'
import type { RateLimit } from './rate-limit.ts'
import type { RequestLog } from './request-log.ts'
import type { TelnyxSwitches } from './switches.ts'

/** What one emulator is made of. */
export interface EmulatorParts extends Stores {
  issuer: string
  provider: Provider
  ownClient: EmulatorProvider['ownClient']
  endpoints: ProviderEndpoints
  apiKey: ApiKey
  consents: Consents
  sessions: PortalSessions
  introspections: RateLimit
  faults: Faults
  log: RequestLog
  /** Replaced as a whole when a test sets some. */
  switches: TelnyxSwitches
  /** What every client says of its maker. */
  maker: { org_id: string; user_id: string }
  /** The user who has the API key, and in whose name it decides consents. */
  keyOwner: string
}
