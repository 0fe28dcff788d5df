import type { AuthorizationServer } from 'oauth4webapi'
import type { TracedResponse } from '../http/exchange.ts'
import { problem, type ProblemError } from '../problems/problem-error.ts'
import type { LastAnswer } from '../runs/run-context.ts'
import { apiErrorOf, sentenceOf } from './read-api-error.ts'
import { oauthErrorOf } from './token-request.ts'

/** The two endpoints that are told a token. */
export type TokenTellingEndpoint = 'introspection' | 'revocation'

const sections: Record<TokenTellingEndpoint, string> = {
  introspection: 'RFC 7662 §2.3',
  revocation: 'RFC 7009 §2.2.1',
}

/** The server with the client authentication methods of one endpoint, where it lists these apart. @see RFC 8414 §2 */
export function withMethodsOf(server: AuthorizationServer, endpoint: TokenTellingEndpoint): AuthorizationServer {
  const own = server[`${endpoint}_endpoint_auth_methods_supported`]
  return own === undefined ? server : { ...server, token_endpoint_auth_methods_supported: own }
}

/** What an endpoint's refusal is called and says: both shapes of error are read, and what is neither is told as it came. */
export function endpointRefusal(
  endpoint: TokenTellingEndpoint,
  { exchange, status, json, mediaType }: LastAnswer,
  response: TracedResponse,
): ProblemError {
  const said = apiErrorOf(json)
  const oauth = oauthErrorOf(json)
  const words = said
    ? sentenceOf(said)
    : json === undefined
      ? `with ${mediaType || 'no content'}.`
      : 'without a reason.'
  return problem(`${endpoint}-refused`, `The ${endpoint} endpoint answered ${status} ${words}`, {
    exchange,
    status,
    specification: sections[endpoint],
    ...(oauth ? { oauth } : {}),
    ...(said?.fields ? { fields: said.fields } : {}),
    whatToDo: adviceFor(endpoint, { status, error: said?.code, retryAfter: response.headers.get('retry-after') }),
  })
}

interface Refused {
  status: number
  error: string | undefined
  retryAfter: string | null
}

function adviceFor(endpoint: TokenTellingEndpoint, { status, error, retryAfter }: Refused): string[] {
  if (error === 'unsupported_token_type') return unsupported[endpoint]
  if (error === 'invalid_client') return unauthorized[endpoint]
  if (error === 'unauthorized_client') return forbidden
  const byStatus: Record<number, string[]> = {
    401: unauthorized[endpoint],
    403: forbidden,
    404: nothingThere(endpoint),
    405: nothingThere(endpoint),
    429: [later(endpoint, retryAfter)],
    503: [later(endpoint, retryAfter)],
  }
  const failed = status >= 500 ? 'The server failed: look at its answer, and try again later.' : undefined
  return byStatus[status] ?? [failed ?? 'Open the request to see what was sent and what came.']
}

const forbidden = ['Ask as the client that the token was issued to, or as one that the server lets do this.']

const nothingThere = (endpoint: TokenTellingEndpoint) => [
  `Look at the address (${endpoint}_endpoint): nothing is there for this.`,
]

const unsupported: Record<TokenTellingEndpoint, string[]> = {
  introspection: ['The server does not tell of tokens of this kind; a JWT access token is checked by its signature.'],
  revocation: [
    'The server does not revoke tokens of this kind: it is good until it ends by itself.',
    'Revoke the refresh token of the same grant (kind refresh_token), or end the grant at the server.',
  ],
}

const credentials = [
  'Check the client id and its secret.',
  'Try another client authentication: the server may want the secret in the form instead of the header (client_auth).',
]

const unauthorized: Record<TokenTellingEndpoint, string[]> = {
  introspection: [...credentials, 'Some servers want an API key or a token here (authorization bearer).'],
  revocation: credentials,
}

/** Seconds that a server may ask for at most before the number is not told. */
const longestWait = /^\d{1,5}$/

function later(endpoint: TokenTellingEndpoint, retryAfter: string | null): string {
  const when = retryAfter && longestWait.test(retryAfter) ? `in ${retryAfter} s` : 'later'
  return endpoint === 'revocation' ? `The token is still good: try again ${when}.` : `Try again ${when}.`
}
