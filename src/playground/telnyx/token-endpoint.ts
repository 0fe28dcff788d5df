import type { EmulatorProvider } from './create-provider.ts'
import { ApiError } from './api-error.ts'
import { json, type Answer } from './answer.ts'
import type { ApiRequest } from './api-request.ts'
import type { ApiKey } from './api-key.ts'
import { formOf, onlyMembers, type ProviderEndpoints } from './provider-endpoints.ts'
import type { RateLimit } from './rate-limit.ts'
import type { TelnyxSwitches } from './switches.ts'

/** What the endpoints work with. */
interface EndpointParts {
  endpoints: ProviderEndpoints
  ownClient: EmulatorProvider['ownClient']
  apiKey: ApiKey
  introspections: RateLimit
  switches: TelnyxSwitches
}

const introspectionMembers = ['active', 'client_id', 'scope', 'aud', 'iss', 'exp', 'iat']

/**
 * The token endpoint. SECURITY: the Bearer that the SDK adds to every request is no client authentication.
 * @see RFC 6749 §3.2
 */
export function answerToken(request: ApiRequest, { endpoints }: EndpointParts): Promise<Answer> {
  return endpoints.ask(request, basicOf(request))
}

/**
 * The introspection endpoint: Basic, a secret in the body or, while the switch says so, the API key.
 * @see RFC 7662 §2
 */
export async function answerIntrospection(request: ApiRequest, parts: EndpointParts): Promise<Answer> {
  const { endpoints, introspections, switches } = parts
  const authorization = credentialsOf(request, parts)
  const form = new URLSearchParams(formOf(request))
  if (authorization === undefined && !form.has('client_id')) return invalidClient()
  const limit = switches.introspect_limit ? introspections.count(clientOf(authorization, form)) : undefined
  const limits = limit ? { 'ratelimit-limit': '5, 5;w=60' } : undefined
  if (limit && limit.waitSeconds > 0) {
    const headers = { ...limits, 'retry-after': String(limit.waitSeconds) }
    throw new ApiError(429, { code: '10011', detail: 'Only 5 introspections in 60 seconds are answered.' }, headers)
  }
  const answer = await endpoints.ask(request, authorization)
  const shown = answer.status === 200 ? onlyMembers(answer, introspectionMembers) : answer
  return { ...shown, headers: { ...shown.headers, ...limits } }
}

/** The public keys. The SDK knows JSON by this content type as by application/jwk-set+json. @see RFC 7517 §5 */
export async function answerJwks(request: ApiRequest, { endpoints }: EndpointParts): Promise<Answer> {
  return onlyMembers(await endpoints.ask(request, undefined), ['keys'])
}

/** The Authorization header to introspect with: the request's Basic, or the API's own client for whoever has the key. */
function credentialsOf(request: ApiRequest, { ownClient, apiKey, switches }: EndpointParts): string | undefined {
  const basic = basicOf(request)
  if (basic !== undefined) return basic
  if (new URLSearchParams(formOf(request)).has('client_id')) return undefined
  if (!switches.introspect_with_api_key || !apiKey.isIn(request)) return undefined
  return `Basic ${Buffer.from(`${ownClient.id}:${ownClient.secret}`).toString('base64')}`
}

function basicOf({ headers: { authorization } }: ApiRequest): string | undefined {
  return authorization !== undefined && /^basic /i.test(authorization) ? authorization : undefined
}

function clientOf(authorization: string | undefined, form: URLSearchParams): string {
  if (authorization === undefined) return form.get('client_id') ?? ''
  const [id = ''] = Buffer.from(authorization.replace(/^basic +/i, ''), 'base64')
    .toString('utf8')
    .split(':')
  return id
}

function invalidClient(): Answer {
  const body = { error: 'invalid_client', error_description: 'client authentication failed' }
  return json(401, body, { 'www-authenticate': 'Basic realm="telnyx"', 'cache-control': 'no-store' })
}
