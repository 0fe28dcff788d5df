/** One thing that is wrong, in the words of Telnyx's error envelope. */
export interface Issue {
  code: string
  detail: string
  source?: { pointer: string } | { parameter: string }
}

/** How an error is written: `{error, error_description}` or `{errors: […]}`. */
export type ErrorShape = 'oauth' | 'envelope'

/** An answer that is an error, before it has a shape. */
export class ApiError extends Error {
  readonly status: number
  readonly issues: Issue[]
  readonly headers: Record<string, string>

  constructor(status: number, issue: Issue | Issue[], headers: Record<string, string> = {}) {
    const issues = Array.isArray(issue) ? issue : [issue]
    super(issues.map(({ detail }) => detail).join(' '))
    this.name = 'ApiError'
    this.status = status
    this.issues = issues
    this.headers = headers
  }
}

const titles: Record<string, string> = {
  10003: 'Invalid URL',
  10004: 'Missing required parameter',
  10005: 'Resource not found',
  10007: 'Unexpected error',
  10009: 'Authentication failed',
  10010: 'Authorization failed',
  10011: 'Too many requests',
  10015: 'Bad Request',
  10027: 'Unprocessable Entity',
}

const oauthErrors: Record<number, string> = {
  401: 'invalid_token',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'invalid_request',
  421: 'invalid_request',
  429: 'too_many_requests',
  503: 'temporarily_unavailable',
}

/** The body of an error in one of its two shapes. */
export function errorBody({ status, issues, message }: ApiError, shape: ErrorShape): object {
  if (shape === 'oauth') {
    const error = oauthErrors[status] ?? (status >= 500 ? 'server_error' : 'invalid_request')
    return { error, error_description: message }
  }
  return {
    errors: issues.map(({ code, detail, source }) => ({
      code,
      title: titles[code] ?? 'Error',
      detail,
      ...(source ? { source } : {}),
      meta: { url: `https://developers.telnyx.com/docs/overview/errors/${code}` },
    })),
  }
}

/** 404: no such record, or no such path. */
export function notFound(detail = 'The requested resource or URL could not be found.'): ApiError {
  return new ApiError(404, { code: '10005', detail })
}

/** 422 for one field of a JSON body. */
export function invalidField(pointer: string, detail: string, code = '10015'): Issue {
  return { code, detail, source: { pointer } }
}

/** 422 for a parameter of the query. */
export function invalidParameter(parameter: string, detail: string): ApiError {
  return new ApiError(422, { code: '10015', detail, source: { parameter } })
}

/** 422: the consent token is unknown, too old or used. */
export function invalidConsentToken(): ApiError {
  const detail = 'The consent token is invalid, has expired or was decided already.'
  return new ApiError(422, { code: '10015', detail })
}

/** 503: a store has no room. `what` is in the plural. */
export function storeFull(what: string, limit: number): ApiError {
  const detail = `The emulator holds ${limit} ${what}, its limit. Delete some, or stop and start it.`
  return new ApiError(503, { code: '10007', detail })
}
