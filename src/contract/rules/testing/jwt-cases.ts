import type { RunEventBody, TokenFacts } from '../../events.ts'
import type { JsonObject } from '../../json.ts'

interface Case {
  fires: RunEventBody[]
  quiet: RunEventBody[]
}

const receivedAt = '2026-01-01T12:00:00.000Z'
const now = Date.parse(receivedAt) / 1000

const started = (parameters: JsonObject = {}): RunEventBody => ({
  type: 'run.started',
  format: 1,
  runId: 'r',
  number: 1,
  operation: 'discover',
  title: 'Sign in',
  profile: null,
  parameters: { client_id: 'client', ...parameters },
  plan: [],
  grantlab: '0',
})

const server: RunEventBody = {
  type: 'metadata.received',
  exchange: '1',
  location: 'https://as.test/.well-known/openid-configuration',
  issuer: 'https://as.test',
  document: { issuer: 'https://as.test', id_token_signing_alg_values_supported: ['RS256'] },
}

const token = (facts: Partial<TokenFacts>): RunEventBody => ({
  type: 'token.received',
  step: '4',
  exchange: '2',
  token: { kind: 'id_token', format: 'jwt', fingerprint: 'f', length: 900, receivedAt, ...facts },
})

const soundClaims: JsonObject = { iss: 'https://as.test', sub: 'alice', aud: 'client', iat: now - 1, exp: now + 600 }

const idToken = (claims: JsonObject = {}, header: JsonObject = { alg: 'RS256' }) =>
  token({ header, claims: { ...soundClaims, ...claims } })

const accessToken = (claims: JsonObject = {}, typ = 'at+jwt') =>
  token({
    kind: 'access_token',
    header: { alg: 'RS256', typ },
    claims: { ...soundClaims, aud: 'https://api.test', ...claims },
    tokenType: 'Bearer',
  })

const proof = (name: string, holds: boolean | null): RunEventBody => ({
  type: 'proof.recorded',
  step: '4',
  exchange: '2',
  proof: { name, holds },
})

/** A claim of an ID token that is wrong, beside one that is right. */
const claim = (wrong: JsonObject, right: JsonObject = {}, parameters: JsonObject = {}): Case => ({
  fires: [started(parameters), server, idToken(wrong)],
  quiet: [started(parameters), server, idToken(right)],
})

const proved = (name: string): Case => ({ fires: [proof(name, false)], quiet: [proof(name, true), proof(name, null)] })

const answeredAt = (date: string): RunEventBody[] => [
  {
    type: 'exchange.started',
    exchange: '2',
    step: '4',
    actor: 'grantlab',
    party: 'authorization-server',
    purpose: 'token',
    request: { method: 'POST', url: 'https://as.test/token', headers: [] },
  },
  {
    type: 'exchange.answered',
    exchange: '2',
    response: { httpVersion: '1.1', status: 400, statusText: '', headers: [['Date', date]], wireBytes: 1 },
    timings: { totalMs: 1 },
    connection: { reused: false },
  },
]

/** What is wrong with tokens that a run brought, and what is right. */
export const jwtCases: Record<string, Case> = {
  'idtoken.signature': proved('signature.verified'),
  'idtoken.nonce': proved('nonce.matches'),
  'idtoken.at-hash': proved('atHash.matches'),
  'idtoken.c-hash': proved('cHash.matches'),
  'idtoken.alg-none': { fires: [idToken({}, { alg: 'none' })], quiet: [idToken()] },
  'idtoken.alg-unexpected': { fires: [server, idToken({}, { alg: 'ES256' })], quiet: [server, idToken()] },
  'idtoken.iss': claim({ iss: 'https://other.test' }),
  'idtoken.aud': claim({ aud: ['another'] }, { aud: ['client', 'another'], azp: 'client' }),
  'idtoken.azp': claim({ aud: ['client', 'another'], azp: 'another' }, { azp: 'client' }),
  'idtoken.exp': claim({ exp: now - 31 }, { exp: now - 29 }),
  'idtoken.nbf': claim({ nbf: now + 60 }, { nbf: now }),
  'idtoken.iat-future': claim({ iat: now + 60 }, { iat: now + 29 }),
  'idtoken.iat-old': claim({ iat: now - 100_000 }),
  'idtoken.auth-time': claim({ auth_time: now - 900 }, { auth_time: now - 100 }, { max_age: 300 }),
  'idtoken.acr': claim({ acr: 'low' }, { acr: 'high' }, { acr_values: 'high higher' }),
  'idtoken.sub-missing': claim({ sub: '' }),
  'at.typ': { fires: [started(), accessToken({}, 'JWT')], quiet: [started(), accessToken({}, 'application/at+JWT')] },
  'at.aud-missing': { fires: [started(), accessToken({ aud: [] })], quiet: [started(), accessToken()] },
  'at.audience-is-client': { fires: [started(), accessToken({ aud: 'client' })], quiet: [started(), accessToken()] },
  'at.lifetime-long': {
    fires: [started(), accessToken({ exp: now + 3601 })],
    quiet: [started(), accessToken({ exp: now + 3599 })],
  },
  'at.pii': { fires: [started(), accessToken({ email: 'a@b.test' })], quiet: [started(), accessToken()] },
  'jwt.clock-skew': {
    fires: [accessToken({ iat: now + 45 })],
    quiet: [accessToken({ iat: now - 300 }), ...answeredAt('not a date')],
  },
  'jwt.encrypted': {
    fires: [token({ format: 'jwe', kind: 'access_token', tokenType: 'Bearer' })],
    quiet: [token({ format: 'opaque', kind: 'access_token', tokenType: 'Bearer' })],
  },
  'jwt.oversize': { fires: [token({ length: 8193 })], quiet: [token({ length: 8192 })] },
}
