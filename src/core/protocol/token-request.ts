import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import { isJsonObject, type NameValue } from '../../contract/json.ts'
import { problemClassOf, type Problem } from '../../contract/problem.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import { toProblem } from '../problems/to-problem.ts'
import type { LastAnswer, RunContext } from '../runs/run-context.ts'

/** The endpoints that requests go to. @see RFC 8414 §2 */
export type EndpointName =
  | 'authorization_endpoint'
  | 'token_endpoint'
  | 'userinfo_endpoint'
  | 'introspection_endpoint'
  | 'registration_endpoint'
  | 'end_session_endpoint'
  | 'revocation_endpoint'

/** An endpoint of the metadata, which may hold anything; @throws ProblemError endpoint-missing, metadata-invalid */
export function endpointOf(server: AuthorizationServer, name: EndpointName): URL {
  const value: unknown = server[name]
  const specification = 'RFC 8414 §2'
  if (value === undefined || value === null || value === '')
    throw problem('endpoint-missing', `The metadata has no ${name}.`, {
      specification,
      whatToDo: [`If the server has one all the same, give it by hand (${name}).`],
    })
  const url = typeof value === 'string' ? URL.parse(value) : null
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url
  throw problem('metadata-invalid', `The ${name} in the metadata is no http or https address that can be asked.`, {
    specification,
  })
}

/** Parameters of a token request that are the same for every grant: scope, resource, audience, free ones. */
export function tokenRequestParameters(parameters: ParameterValues, withScope: boolean): URLSearchParams {
  const body = new URLSearchParams()
  if (withScope && parameters.scope) body.set('scope', String(parameters.scope))
  for (const resource of (parameters.resource as string[] | undefined) ?? []) body.append('resource', resource)
  if (parameters.audience) body.set('audience', String(parameters.audience))
  for (const [name, value] of (parameters.token_parameters as NameValue[] | undefined) ?? []) body.append(name, value)
  return body
}

/**
 * Sends a token request through a library function and names its failure after what the server really answered: the
 * recorded answer is looked at, not only the library's verdict.
 * @throws ProblemError token-request-refused, response-not-json, token-response-invalid, id-token-invalid, environment ones
 * @see RFC 6749 §5.2
 */
export async function requestToken<T>(context: RunContext, request: () => Promise<T>): Promise<T> {
  const before = context.lastAnswer('token')
  try {
    return await request()
  } catch (error) {
    const answer = context.lastAnswer('token')
    throw new ProblemError(answer === before ? toProblem(error) : refusalOf(error, answer!), error)
  }
}

function refusalOf(error: unknown, answer: LastAnswer): Problem {
  const found = toProblem(error)
  const { exchange, status, json } = answer
  if (problemClassOf(found.code) !== 'answer' && problemClassOf(found.code) !== 'fault') return found
  const oauth = oauthErrorOf(json)
  if (oauth) {
    const words = oauth.error_description ? `: ${oauth.error_description}` : '.'
    return problem('token-request-refused', `The token endpoint answered ${status} ${oauth.error}${words}`, {
      exchange,
      status,
      oauth,
      specification: 'RFC 6749 §5.2',
      ...adviceFor(oauth.error),
    }).problem
  }
  if (json === undefined) {
    return problem(
      'response-not-json',
      `The token endpoint answered ${status} with ${answer.mediaType || 'no content type'}, not JSON.`,
      {
        exchange,
        status,
        specification: 'RFC 6749 §5.1',
        whatToDo: ['Open the request to see what came: often a wrong address, or a proxy in between.'],
      },
    ).problem
  }
  return { ...found, exchange, status }
}

/** The OAuth error in an answer's body; undefined when it has none. @see RFC 6749 §5.2 */
export function oauthErrorOf(json: unknown): Problem['oauth'] | undefined {
  if (!isJsonObject(json) || typeof json.error !== 'string') return undefined
  const text = (name: string) => (typeof json[name] === 'string' ? { [name]: json[name] } : {})
  return { error: json.error.slice(0, 200), ...text('error_description'), ...text('error_uri') }
}

const advice: Record<string, string[]> = {
  invalid_client: [
    'Check the client id and its secret.',
    'Try another client authentication: the server may want the secret in the form instead of the header.',
  ],
  invalid_grant: [
    'The code or token was used before, has expired, or belongs to another client or redirect URI. Run again.',
  ],
  invalid_scope: ['Ask only for scopes that the server offers and the client may have.'],
  unauthorized_client: ['Allow this grant type for the client at the server.'],
  unsupported_grant_type: ['The server does not offer this grant; see grant_types_supported in its metadata.'],
  invalid_target: ['Check the resource: the server does not know this API.'],
}

function adviceFor(error: string): { whatToDo?: string[] } {
  const whatToDo = advice[error]
  return whatToDo ? { whatToDo } : {}
}
