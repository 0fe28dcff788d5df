import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { NameValue } from '../../contract/json.ts'
import { problem } from '../problems/problem-error.ts'
import type { ClearRequest, TracedInit } from './exchange.ts'

/**
 * The request exactly as it will be sent: every header in wire order with the names as given, the caller's before
 * Grantlab's own, which only fill what is missing.
 * @throws ProblemError `parameter-invalid` for an address or a header that cannot be sent
 */
export function buildRequest(url: URL, init: TracedInit, proxyAuthorization: string | undefined): ClearRequest {
  checkAddress(url)
  const method = (init.method ?? 'GET').toUpperCase()
  const body = bytesOf(init.body)
  const given = headersOf(init.headers)
  const has = new Set(given.map(([name]) => name.toLowerCase()))
  const headers: NameValue[] = []
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && !has.has(name.toLowerCase())) headers.push([name, value])
  }
  add('Host', url.host)
  headers.push(...given)
  add('Accept', '*/*')
  add('User-Agent', 'Grantlab')
  add('Accept-Encoding', 'gzip, br')
  const isForm = init.body instanceof URLSearchParams
  add('Content-Type', isForm ? 'application/x-www-form-urlencoded;charset=UTF-8' : undefined)
  add('Content-Length', lengthOf(method, body))
  add('Proxy-Authorization', proxyAuthorization)
  add('Connection', 'keep-alive')
  checkHeaders(headers)
  return { method, url: url.href, headers, ...(body ? { body } : {}) }
}

/** RFC 9110 §8.6: a method that usually has content says 0 when there is none. */
function lengthOf(method: string, body: Uint8Array | undefined): string | undefined {
  if (body) return String(body.byteLength)
  return method === 'POST' || method === 'PUT' || method === 'PATCH' ? '0' : undefined
}

function checkAddress(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw problem('parameter-invalid', `Grantlab sends to http and https addresses, not to ${url.protocol}`)
  // SECURITY: the detail names the host alone, since what stands before it is a password.
  if (url.username || url.password)
    throw problem('parameter-invalid', `The address of ${url.host} contains a user name or password.`, {
      whatToDo: ['Leave out what stands before the @, and choose a client authentication method instead.'],
    })
}

function checkHeaders(headers: NameValue[]): void {
  for (const [name, value] of headers) {
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch (cause) {
      // SECURITY: the value may be a secret and is not repeated.
      throw problem(
        'parameter-invalid',
        `The header ${JSON.stringify(name)} has a character that HTTP does not allow.`,
        {
          cause,
          whatToDo: ['Remove line breaks and characters outside ISO 8859-1 from its value.'],
        },
      )
    }
  }
}

function bytesOf(body: TracedInit['body']): Uint8Array | undefined {
  if (body === null || body === undefined) return undefined
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof URLSearchParams) return Buffer.from(body.toString())
  if (body instanceof Uint8Array) return body
  throw new TypeError('The body must be a string, URLSearchParams or bytes')
}

/** The headers a caller gives, as a list. */
export function headersOf(headers: TracedInit['headers']): NameValue[] {
  if (!headers) return []
  // Headers, Map and lists of pairs can be walked; a plain object cannot. Asking `instanceof Headers` would load it.
  const pairs = Symbol.iterator in headers ? [...headers] : Object.entries(headers)
  return pairs.map(([name, value]) => [name, value])
}
