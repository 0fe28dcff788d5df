import type { RegisteredClient } from '../../client-record.ts'
import type { RunEventBody } from '../../events.ts'
import type { JsonObject } from '../../json.ts'

const asked = { client_name: 'A', scope: 'b a', redirect_uris: ['https://c.test/1', 'https://c.test/2'] }
const secret = { client_secret: '●●●● #1', client_secret_expires_at: 0 }

/** A registration that no rule has anything to say about, changed. */
function registered(change: JsonObject = {}, more: Partial<RegisteredClient> = {}): RunEventBody {
  const answer = { ...asked, scope: 'a b', client_id: 'c', ...secret, ...change }
  const said = Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== null))
  return {
    type: 'client.registered',
    step: '2',
    how: 'sent',
    exchange: '1',
    vendor: 'rfc7592',
    asked,
    registered: said,
    client: { client_id: 'c', further: {} },
    isManageable: true,
    ...more,
  }
}

/** A registration whose secret ends at this time. */
export const secretEndingAt = (iso: string) =>
  registered(
    { client_secret_expires_at: Date.parse(iso) / 1000 },
    { client: { client_id: 'c', client_secret_expires_at: iso, further: {} } },
  )
const basic = { client: { client_id: 'c', token_endpoint_auth_method: 'client_secret_basic', further: {} } }
const noSecret = { client_secret: null, client_secret_expires_at: null }

/** Runs in which each rule about registrations fires, and in which it must not. */
export const registrationCases: Record<string, { fires: RunEventBody[]; quiet: RunEventBody[] }> = {
  'register.changed': {
    fires: [registered({ redirect_uris: ['https://c.test/1'] })],
    quiet: [
      registered({ redirect_uris: ['https://c.test/2', 'https://c.test/1'], application_type: 'web' }),
      registered({ client_name: 'B' }, { how: 'read' }),
    ],
  },
  'register.defaults': {
    fires: [registered({ application_type: 'web' })],
    quiet: [registered({ jwks: null }), registered({ application_type: 'web' }, { how: 'read' })],
  },
  'register.secret-missing': {
    fires: [registered(noSecret, basic)],
    quiet: [registered({}, basic), registered(noSecret), registered(noSecret, { ...basic, keptSecret: 'kept' })],
  },
  'register.secret-expires': {
    fires: [registered({ client_secret_expires_at: null })],
    quiet: [registered(), registered(noSecret)],
  },
  'register.no-management': {
    fires: [registered({}, { isManageable: false })],
    quiet: [registered(), registered({}, { isManageable: false, vendor: 'telnyx' })],
  },
}
