import type { NameValue } from '../../contract/json.ts'
import { problem } from '../problems/problem-error.ts'

/** A redirect URI taken apart, so that addresses can be compared with it exactly. */
export interface RedirectTarget {
  /** as registered, byte for byte */
  uri: string
  url: URL
  /** the parameters of its own query; an answer keeps them and adds its own (RFC 6749 §3.1.2) */
  pairs: NameValue[]
}

/** Parameters that make a request an authorization response; without one of them it is only a visit. */
const responseNames = new Set(['code', 'error', 'state', 'response', 'access_token', 'id_token'])

/**
 * Takes a redirect URI of any scheme apart.
 * @throws ProblemError `parameter-invalid` when it is no absolute URI
 */
export function redirectTargetOf(uri: string): RedirectTarget {
  const url = URL.parse(uri)
  if (!url) {
    throw problem('parameter-invalid', `The redirect URI ${quoteShort(uri)} is not an absolute URI.`, {
      specification: 'RFC 6749 §3.1.2',
      whatToDo: ['Write it with its scheme, such as http://127.0.0.1:8765/callback'],
    })
  }
  return { uri, url, pairs: [...url.searchParams] }
}

/**
 * Tells whether an address is the redirect URI: same scheme, host, port and path, no user-info, and every parameter of
 * the registered query kept. Further parameters are the answer's own.
 * @see RFC 6749 §3.1.2
 * @see RFC 9700 §4.1.3
 */
export function matchesRedirectUri(target: RedirectTarget, address: URL): boolean {
  const { url } = target
  return (
    address.protocol === url.protocol &&
    address.host === url.host &&
    address.pathname === url.pathname &&
    address.username === url.username &&
    address.password === url.password &&
    keepsPairs(target, [...address.searchParams])
  )
}

/** Tells whether the registered query's parameters are all there, as often as they were registered. */
export function keepsPairs(target: RedirectTarget, parameters: NameValue[]): boolean {
  return parameters.length - withoutRegistered(target, parameters).length === target.pairs.length
}

/** The parameters an answer added to the registered query, in order. */
export function withoutRegistered(target: RedirectTarget, parameters: NameValue[]): NameValue[] {
  const open = [...target.pairs]
  return parameters.filter(([name, value]) => {
    const index = open.findIndex(([n, v]) => n === name && v === value)
    if (index < 0) return true
    open.splice(index, 1)
    return false
  })
}

/** Tells an authorization response from a visit without one. */
export function hasResponseParameter(parameters: NameValue[]): boolean {
  return parameters.some(([name]) => responseNames.has(name))
}

/** Decoded name=value pairs of a query, form body or fragment. */
export function pairsOf(encoded: string): NameValue[] {
  return [...new URLSearchParams(encoded)]
}

function quoteShort(text: string): string {
  return `"${text.length > 200 ? `${text.slice(0, 200)}…` : text}"`
}
