import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import { mediaTypeOf } from '../runs/record-body.ts'
import type { ClearEntry, ClearMessage } from './read-har.ts'

/** What a request of a HAR is, by its path, its parameters and its bodies. */
export type EntryPurpose =
  | 'authorization'
  | 'redirect'
  | 'token'
  | 'metadata'
  | 'resource-metadata'
  | 'jwks'
  | 'userinfo'
  | 'introspection'
  | 'revocation'
  | 'resource'

/** An entry with what it is. */
export interface ClassifiedEntry {
  entry: ClearEntry
  purpose: EntryPurpose
  /** of the address, then of a form */
  parameters: URLSearchParams
  /** the answer's body where it is a JSON object */
  json?: JsonObject
}

/** Tells what an entry is; undefined for what has nothing to do with OAuth. */
export function classifyEntry(entry: ClearEntry): ClassifiedEntry | undefined {
  const parameters = parametersOf(entry)
  const json = entry.response && objectOf(entry.response.body)
  const facts: Facts = { entry, parameters, json, path: entry.request.url.pathname.toLowerCase() }
  const purpose = tests.find(([, fits]) => fits(facts))?.[0]
  return purpose && { entry, purpose, parameters, ...(json ? { json } : {}) }
}

interface Facts {
  entry: ClearEntry
  parameters: URLSearchParams
  json: JsonObject | undefined
  path: string
}

/** In this order: what a request carries says more than its path. */
const tests: [EntryPurpose, (facts: Facts) => boolean][] = [
  ['metadata', ({ path }) => /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)/.test(path)],
  ['resource-metadata', ({ path }) => path.includes('/.well-known/oauth-protected-resource')],
  ['jwks', ({ json, path }) => isKeySet(json) || /jwks(?:\.json)?$/.test(path)],
  ['token', ({ entry, parameters }) => entry.request.method === 'POST' && parameters.has('grant_type')],
  [
    'authorization',
    ({ parameters }) =>
      parameters.has('client_id') && ['response_type', 'request_uri', 'request'].some((name) => parameters.has(name)),
  ],
  ['redirect', ({ parameters }) => isAuthorizationResponse(parameters)],
  ['introspection', (facts) => sendsToken(facts) && (/introspect/.test(facts.path) || 'active' in (facts.json ?? {}))],
  ['revocation', (facts) => sendsToken(facts) && /revo(?:ke|cation)/.test(facts.path)],
  ['userinfo', (facts) => /user_?info|\/me$/.test(facts.path) && usesToken(facts)],
  ['resource', usesToken],
]

/** `code` or `error` with what comes along: shops have codes, too. @see RFC 6749 §4.1.2, §4.2.2 */
function isAuthorizationResponse(parameters: URLSearchParams): boolean {
  const comesBack = ['code', 'error', 'id_token', 'access_token', 'response'].some((name) => parameters.has(name))
  return comesBack && ['state', 'iss', 'session_state', 'error_description'].some((name) => parameters.has(name))
}

function isKeySet(json: JsonObject | undefined): boolean {
  return Array.isArray(json?.keys) && json.keys.some((key) => isJsonObject(key) && typeof key.kty === 'string')
}

function sendsToken({ entry, parameters }: Facts): boolean {
  return entry.request.method === 'POST' && parameters.has('token')
}

function usesToken({ entry, parameters }: Facts): boolean {
  const scheme = entry.request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? ''
  return /^(?:Bearer|DPoP)\s/i.test(scheme) || parameters.has('access_token')
}

function parametersOf({ request }: ClearEntry): URLSearchParams {
  const fragment = request.url.hash.includes('=') ? request.url.hash.slice(1) : ''
  return new URLSearchParams([
    ...request.url.searchParams,
    ...new URLSearchParams(fragment),
    ...bodyParameters(request),
  ])
}

/** A form; some clients send their token request as JSON, which no specification knows. */
function bodyParameters({ body, contentType }: ClearMessage): [string, string][] {
  const type = mediaTypeOf(contentType)
  if (type === 'application/x-www-form-urlencoded') return [...new URLSearchParams(body)]
  const json = type.endsWith('json') ? objectOf(body) : undefined
  return Object.entries(json ?? {}).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
}

function objectOf(text: string): JsonObject | undefined {
  if (!/^\s*\{/.test(text.replace(/^\uFEFF/, ''))) return undefined
  try {
    const value = JSON.parse(text.replace(/^\uFEFF/, '')) as Json
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
