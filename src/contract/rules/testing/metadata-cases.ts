import type { KeyFault } from '../../keys/check-keys.ts'
import type { ReceivedMetadata, RunEventBody, TriedLocation } from '../../events.ts'
import type { Json, JsonObject, NameValue } from '../../json.ts'
import { type Problem, problemOf } from '../../problem.ts'

const issuer = 'https://as.test'

/** Metadata that no rule has anything to say about. */
export const soundDocument: JsonObject = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic', 'none'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  authorization_response_iss_parameter_supported: true,
  op_policy_uri: 'ftp://as.test/policy',
}

function metadata(change: JsonObject = {}, received: Partial<ReceivedMetadata> = {}): RunEventBody {
  const document = Object.fromEntries(
    Object.entries({ ...soundDocument, ...change }).filter(([, value]) => value !== null),
  )
  return {
    type: 'metadata.received',
    exchange: '1',
    location: `${issuer}/.well-known/openid-configuration`,
    issuer,
    document,
    ...received,
  }
}

const resource = 'https://api.test/v1'
function resourceMetadata(change: JsonObject = {}): RunEventBody {
  const document = { resource, authorization_servers: [issuer], bearer_methods_supported: ['header'], ...change }
  return {
    type: 'metadata.received',
    kind: 'protected-resource',
    exchange: '2',
    location: `${resource}/x`,
    issuer: resource,
    document,
  }
}

function tried(change: Partial<TriedLocation>): RunEventBody {
  return {
    type: 'location.tried',
    step: '1',
    exchange: '3',
    kind: 'authorization-server',
    location: `${issuer}/.well-known/oauth-authorization-server`,
    specification: 'RFC 8414 §3',
    outcome: 'found',
    status: 200,
    ...change,
  }
}

function exchange(purpose: string, end: { headers: NameValue[] } | { problem: Problem }): RunEventBody[] {
  const request = { method: 'GET', url: `${issuer}/${purpose}`, headers: [] }
  const party = 'authorization-server' as const
  const started: RunEventBody = {
    type: 'exchange.started',
    exchange: purpose,
    step: '1',
    actor: 'grantlab',
    party,
    purpose,
    request,
  }
  if ('problem' in end)
    return [started, { type: 'exchange.failed', exchange: purpose, problem: end.problem, timings: { totalMs: 1 } }]
  const response = { httpVersion: '1.1', status: 200, statusText: 'OK', headers: end.headers, wireBytes: 1 }
  return [
    started,
    { type: 'exchange.answered', exchange: purpose, response, timings: { totalMs: 1 }, connection: { reused: false } },
  ]
}

function keys(...faults: KeyFault[]): RunEventBody {
  const counts = Object.fromEntries(
    faults.map(({ rule }) => [rule, faults.filter((fault) => fault.rule === rule).length]),
  )
  return { type: 'keys.received', exchange: '5', location: `${issuer}/jwks`, total: 2, keys: [], faults, counts }
}

const keyFault = (rule: string) => ({
  fires: [keys({ rule, detail: 'A fact.', pointer: '/keys/0', value: 'x' })],
  quiet: [keys({ rule: 'jwks.other', detail: 'A fact.', pointer: '/keys/0', value: 'x' })],
})

const field = (name: string, value: Json, sound?: JsonObject) => ({
  fires: [metadata({ [name]: value })],
  quiet: [metadata(), metadata(sound)],
})

/** An answered request, as a rule over HTTP sees it. */
function answered(change: {
  url?: string
  status?: number
  headers?: NameValue[]
  purpose?: string
  totalMs?: number
  protocol?: string
}): RunEventBody[] {
  const { url = `${issuer}/x`, status = 200, headers = [], purpose = 'metadata', totalMs = 1, protocol } = change
  const id = `${purpose} ${url}`
  const tls = protocol ? { tls: { protocol, cipher: 'x', authorized: true, chain: [] } } : {}
  return [
    {
      type: 'exchange.started',
      exchange: id,
      step: '1',
      actor: 'grantlab',
      party: 'authorization-server',
      purpose,
      request: { method: 'GET', url, headers: [['Origin', 'https://app.test']] },
    },
    {
      type: 'exchange.answered',
      exchange: id,
      response: { httpVersion: '1.1', status, statusText: '', headers, wireBytes: 1 },
      timings: { totalMs },
      connection: { reused: false, ...tls },
    },
  ]
}

const strict: NameValue = ['Strict-Transport-Security', 'max-age=1']

/** For every rule over metadata, keys and answers: what makes it fire once, and what is legal. */
export const metadataCases: Record<string, { fires: RunEventBody[]; quiet: RunEventBody[] }> = {
  'metadata.issuer-mismatch': {
    fires: [tried({ outcome: 'other-issuer', names: `${issuer}/` })],
    quiet: [
      metadata(),
      tried({ outcome: 'other-issuer', names: 'https://as.test/{tenantid}' }),
      tried({ outcome: 'absent', status: 404 }),
    ],
  },
  'metadata.issuer-template': field('issuer', 'https://as.test/{tenantid}/v2.0'),
  'metadata.issuer-url': {
    fires: [metadata({ issuer: 'http://as.test' })],
    quiet: [metadata({ issuer: 'http://127.0.0.1:8080' }), metadata({ issuer: 'https://as.test/{tenantid}/v2.0' })],
  },
  'metadata.required-missing': {
    fires: [metadata({ response_types_supported: null })],
    quiet: [
      metadata(),
      // Machine grants alone need no authorization endpoint, and RFC 8414 alone none of OpenID Connect's fields.
      metadata(
        {
          grant_types_supported: ['client_credentials'],
          authorization_endpoint: null,
          jwks_uri: null,
          subject_types_supported: null,
          id_token_signing_alg_values_supported: null,
        },
        { location: `${issuer}/.well-known/oauth-authorization-server` },
      ),
    ],
  },
  'metadata.wrong-type': {
    fires: [metadata({ token_endpoint: 'javascript:alert(1)' })],
    quiet: [
      metadata({ userinfo_endpoint: 'http://localhost:3000/userinfo', service_documentation: 'http://docs.test' }),
    ],
  },
  'metadata.pkce-absent': {
    fires: [metadata({ code_challenge_methods_supported: null })],
    quiet: [
      metadata(),
      metadata({ grant_types_supported: ['client_credentials'], code_challenge_methods_supported: null }),
    ],
  },
  'metadata.implicit-offered': {
    fires: [metadata({ response_types_supported: ['code', 'id_token token'] })],
    quiet: [metadata({ response_types_supported: ['code', 'id_token', 'code id_token'] })],
  },
  'metadata.alg-none': {
    fires: [metadata({ token_endpoint_auth_signing_alg_values_supported: ['RS256', 'none'] })],
    quiet: [
      metadata({
        id_token_signing_alg_values_supported: ['RS256', 'none'],
        request_object_signing_alg_values_supported: ['none'],
      }),
    ],
  },
  'metadata.auth-methods': {
    fires: [metadata({ token_endpoint_auth_methods_supported: null })],
    quiet: [metadata(), metadata({ token_endpoint: null, grant_types_supported: ['implicit'] })],
  },
  'metadata.iss-parameter': {
    fires: [
      metadata(),
      metadata(
        { issuer: 'https://b.test', authorization_response_iss_parameter_supported: null },
        { issuer: 'https://b.test' },
      ),
    ],
    quiet: [metadata({ authorization_response_iss_parameter_supported: null })],
  },
  'metadata.location': {
    fires: [tried({}), tried({ outcome: 'absent', status: 404 })],
    quiet: [tried({}), tried({ location: `${issuer}/.well-known/openid-configuration` })],
  },
  'metadata.disagree': {
    fires: [metadata(), metadata({ token_endpoint: `${issuer}/other` })],
    quiet: [
      metadata(),
      metadata({ response_types_supported: ['code', 'code'], introspection_endpoint: `${issuer}/i` }),
    ],
  },
  'metadata.cache': {
    fires: exchange('metadata', { headers: [['Content-Type', 'application/json']] }),
    quiet: [
      ...exchange('metadata', { headers: [['Cache-Control', 'no-store']] }),
      ...exchange('token', { headers: [] }),
    ],
  },
  'metadata.unreachable-endpoint': {
    fires: exchange('reach', { problem: problemOf('name-not-resolved', 'There is no host nowhere.test.') }),
    quiet: [
      ...exchange('reach', { headers: [] }),
      ...exchange('token', { problem: problemOf('name-not-resolved', 'There is no host nowhere.test.') }),
    ],
  },
  'tls.old': {
    fires: answered({ protocol: 'TLSv1.1', headers: [strict] }),
    quiet: [...answered({ protocol: 'TLSv1.2' }), ...answered({ protocol: 'TLSv1.3', url: 'https://b.test/' })],
  },
  'http.redirected': {
    fires: answered({ status: 302, headers: [['Location', 'https://other.test/']] }),
    quiet: [...answered({ status: 304 }), ...answered({ status: 302, purpose: 'authorization' })],
  },
  'http.slow': { fires: answered({ totalMs: 2001 }), quiet: answered({ totalMs: 2000 }) },
  'http.retry-after': {
    fires: answered({ status: 429, headers: [['Retry-After', '120']] }),
    quiet: answered({ status: 200, headers: [['Retry-After', '120']] }),
  },
  'http.cors': {
    fires: answered({ purpose: 'cors' }),
    quiet: [
      ...answered({ purpose: 'cors', headers: [['access-control-allow-origin', '*']] }),
      ...answered({
        purpose: 'cors',
        url: 'https://b.test/',
        headers: [['Access-Control-Allow-Origin', 'https://app.test']],
      }),
      ...answered({ purpose: 'token' }),
    ],
  },
  'http.hsts': {
    fires: answered({}),
    quiet: [
      ...answered({ headers: [strict] }),
      ...answered({ url: 'https://127.0.0.1/' }),
      ...answered({ url: 'http://as.test/' }),
    ],
  },
  'resource.identifier-mismatch': {
    fires: [resourceMetadata({ resource: `${resource}/` })],
    quiet: [resourceMetadata(), metadata()],
  },
  'resource.no-servers': { fires: [resourceMetadata({ authorization_servers: [] })], quiet: [resourceMetadata()] },
  'resource.server-does-not-list-back': {
    fires: [resourceMetadata(), metadata({ protected_resources: ['https://other.test'] })],
    quiet: [resourceMetadata(), metadata({ protected_resources: [resource] })],
  },
  'resource.bearer-methods': {
    fires: [resourceMetadata({ bearer_methods_supported: ['header', 'query'] })],
    quiet: [resourceMetadata()],
  },
  ...Object.fromEntries(
    [
      'private-material',
      'not-json',
      'too-large',
      'weak-rsa',
      'duplicate-kid',
      'missing-kid',
      'alg-use-conflict',
      'x5c-expired',
      'empty',
      'unknown-kty',
    ].map((name) => [`jwks.${name}`, keyFault(`jwks.${name}`)]),
  ),
}
