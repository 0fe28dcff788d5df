import type { ParameterValues } from '../../contract/description.ts'
import type { NameValue } from '../../contract/json.ts'
import type { TracedResponse } from '../http/exchange.ts'
import { problem } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'

/** A request to an API, without its token. */
export interface ApiRequest {
  url: string
  method: string
  headers: NameValue[]
  body: string | null
}

/** Standard methods and registered ones; CONNECT and TRACE are none of an API. */
const methodPattern = /^(?!CONNECT$|TRACE$)[A-Z][A-Z0-9_-]{0,39}$/

/**
 * The request that parameters describe. A body without a content type gets the one it looks like.
 * @throws ProblemError parameter-invalid for a method or header that does not fit
 * @see RFC 9110 §9.1, §8.3
 */
export function buildApiRequest(context: RunContext, parameters: ParameterValues): ApiRequest {
  const method = String(parameters.method)
  // SECURITY: upper case only: otherwise "delete" would pass where a production profile asks before DELETE.
  if (!methodPattern.test(method)) {
    throw problem('parameter-invalid', 'The method must be upper case, such as GET; CONNECT and TRACE are not sent.', {
      specification: 'RFC 9110 §9.1',
    })
  }
  const given = (parameters.request_headers as NameValue[] | undefined) ?? []
  if (has(given, 'authorization') && parameters.token !== 'none') {
    throw problem('parameter-invalid', 'The Authorization header carries the token; it cannot be given as well.', {
      whatToDo: ['Leave the header out.', 'Or send no token (token none).'],
    })
  }
  const body = parameters.body === undefined ? null : String(parameters.body)
  return { url: String(parameters.url), method, headers: withContentType(context, parameters, { given, body }), body }
}

const has = (headers: NameValue[], wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted)

function withContentType(
  context: RunContext,
  { content_type }: ParameterValues,
  { given, body }: { given: NameValue[]; body: string | null },
): NameValue[] {
  const isGiven = has(given, 'content-type')
  if (content_type !== undefined && isGiven) {
    throw problem('parameter-invalid', 'The content type is given twice: as itself and as a header (content_type).')
  }
  if (content_type !== undefined) return [...given, ['Content-Type', String(content_type)]]
  return isGiven || body === null ? given : [...given, ['Content-Type', guessedType(context, body)]]
}

function guessedType(context: RunContext, body: string): string {
  const [choice, reason] = isJson(body)
    ? ['application/json', 'The body is JSON.']
    : ['text/plain;charset=UTF-8', 'The body is no JSON.']
  context.decide({ subject: 'content type', choice, reason, specification: 'RFC 9110 §8.3' })
  return choice
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/**
 * Sends the request with a bearer token, or without one. Redirects are followed on the same origin only.
 * @throws ProblemError redirect-to-other-origin; environment problems
 * @see RFC 6750 §2.1
 */
export function requestApi(
  context: RunContext,
  { url, method, headers, body }: ApiRequest,
  token: string | undefined,
): Promise<TracedResponse> {
  return context.fetch(url, {
    purpose: 'resource',
    party: 'resource-server',
    // SECURITY: another origin must not get the token, whatever the answer says.
    redirect: 'same-origin',
    method,
    headers: token === undefined ? headers : [...headers, ['Authorization', `Bearer ${token}`]],
    body,
  })
}
