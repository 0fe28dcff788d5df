import type { RunEventBody } from '../../events.ts'
import type { ClientRecord } from '../../client-record.ts'
import type { JsonObject } from '../../json.ts'

const proof = (name: string, holds: boolean | null, facts: JsonObject = {}): RunEventBody => ({
  type: 'proof.recorded',
  step: '2',
  exchange: '2',
  proof: { name, holds, facts },
})

const revoked = (status: number): RunEventBody[] => [
  {
    type: 'exchange.started',
    exchange: '2',
    step: '2',
    actor: 'grantlab',
    party: 'authorization-server',
    purpose: 'revocation',
    request: { method: 'POST', url: 'https://as.test/revoke', headers: [] },
  },
  {
    type: 'exchange.answered',
    exchange: '2',
    response: { httpVersion: '1.1', status, statusText: '', headers: [], wireBytes: 0 },
    timings: { totalMs: 1 },
    connection: { reused: false },
  },
]

const signIn: JsonObject = {
  client_id: 'me',
  redirect_uri: 'http://127.0.0.1:8765/callback',
  scope: 'openid',
  pkce: 'none',
}

/** A sign-in whose client is known so. */
const known = (client: Partial<ClientRecord>): RunEventBody[] => [
  {
    type: 'run.started',
    format: 1,
    runId: 'r',
    number: 1,
    operation: 'authorization-code',
    title: 'Sign in',
    profile: null,
    parameters: signIn,
    plan: [],
    grantlab: '0',
  },
  {
    type: 'registration.known',
    step: '1',
    source: 'remembered',
    readAt: '2026-01-01T00:00:00.000Z',
    vendor: 'rfc7592',
    client: { ...fitting, ...client },
  },
]

const fitting: ClientRecord = {
  client_id: 'me',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code'],
  redirect_uris: ['http://127.0.0.1:8765/callback'],
  scope: 'openid email',
  require_pkce: false,
  further: {},
}

const answered = (active: boolean, authentication: string, ...members: string[]) =>
  proof('introspection.answered', true, { active, authentication, members })
const agreeing = proof('introspection.agrees', true, { differs: [] })
const fits = known({})

/** What is told of tokens and of a registration: events at which each rule fires, and at which it must not. */
export const tokenCases: Record<string, { fires: RunEventBody[]; quiet: RunEventBody[] }> = {
  'refresh.reuse-accepted': {
    fires: [proof('refresh.reuseRefused', false, { generation: 1, newest: 3, replacedSeconds: 40 })],
    quiet: [proof('refresh.reuseRefused', true, { generation: 1, newest: 3, replacedSeconds: 40 })],
  },
  'introspect.disagrees': {
    fires: [proof('introspection.agrees', false, { differs: [{ claim: 'sub', answered: 'a', own: 'b' }] })],
    quiet: [agreeing],
  },
  'introspect.inactive-extra': {
    fires: [answered(false, 'none', 'sub')],
    quiet: [answered(false, 'none'), answered(true, 'bearer', 'sub')],
  },
  'introspect.unauthenticated': {
    fires: [answered(true, 'none')],
    quiet: [answered(true, 'bearer'), answered(false, 'none')],
  },
  'revoke.non-200': { fires: revoked(204), quiet: [...revoked(200), ...revoked(400)] },
  'revoke.still-active': {
    fires: [proof('revocation.effective', false)],
    quiet: [proof('revocation.effective', true), proof('revocation.effective', null)],
  },
  'preflight.redirect-uri': { fires: known({ redirect_uris: ['https://app.test/callback'] }), quiet: fits },
  'preflight.scope': { fires: known({ scope: 'email' }), quiet: fits },
  'preflight.grant-type': { fires: known({ grant_types: ['client_credentials'] }), quiet: fits },
  'preflight.client-auth': { fires: known({ token_endpoint_auth_method: 'client_secret_post' }), quiet: fits },
  'preflight.pkce': { fires: known({ require_pkce: true }), quiet: fits },
}
