import type { JsonObject, NameValue } from './json.ts'

/** Headers in which servers and what stands before them name a request, in lower case; support asks for these. */
export const requestIdHeaders: readonly string[] = [
  'x-request-id',
  'request-id',
  'x-requestid',
  'x-correlation-id',
  'correlation-id',
  'client-request-id',
  'x-ms-request-id',
  'x-ms-correlation-request-id',
  'x-ms-ests-server',
  'x-okta-request-id',
  'x-auth0-requestid',
  'x-amzn-requestid',
  'x-amzn-trace-id',
  'x-amz-cf-id',
  'x-cloud-trace-context',
  'x-goog-request-id',
  'x-b3-traceid',
  'x-trace-id',
  'traceparent',
  'uber-trace-id',
  'cf-ray',
  'x-vercel-id',
  'x-served-by',
  'x-azure-ref',
  'fly-request-id',
]

/** Members of error answers that name a request. */
export const requestIdMembers: readonly string[] = [
  'trace_id',
  'traceId',
  'correlation_id',
  'correlationId',
  'request_id',
  'requestId',
  'error_id',
  'errorId',
]

const longestId = 200

/** The ids by which a server's staff finds a request in its logs: of the answer's headers, then of its body. */
export function requestIdsOf(headers: readonly NameValue[], body?: JsonObject): NameValue[] {
  const found = [
    ...headers.filter(([name]) => requestIdHeaders.includes(name.toLowerCase())),
    ...requestIdMembers.flatMap((name): NameValue[] => {
      const value = body && Object.hasOwn(body, name) ? body[name] : undefined
      return typeof value === 'string' ? [[name, value]] : []
    }),
  ]
  return found.filter(([, value]) => value !== '' && value.length <= longestId)
}
