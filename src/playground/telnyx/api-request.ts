import type { IncomingHttpHeaders } from 'node:http'
import { ApiError } from './api-error.ts'

/** A request that was read whole. */
export interface ApiRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: string
  /** What the path has in the place of the route's `:id`, decoded. */
  id: string
}

/**
 * The JSON object of the body; an empty body is an empty object, as the SDK sends it for a call without argument.
 * @throws ApiError 400
 */
export function jsonObject({ headers, body }: ApiRequest): Record<string, unknown> {
  if (body.trim() === '') return {}
  if (!isJson(headers['content-type'])) throw badRequest('Send the body as application/json.')
  const value = parse(body)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw badRequest('The body is not a JSON object.')
}

/** Whether a content type says JSON. */
export function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(?:;|$)/i.test(contentType ?? '')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest('The body is not JSON.')
  }
}

function badRequest(detail: string): ApiError {
  return new ApiError(400, { code: '10015', detail })
}
