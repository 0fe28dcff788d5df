import { pairsOf } from '../redirects/match-redirect-uri.ts'
import { found, type Found } from './found.ts'
import { readPairs } from './read-pairs.ts'

const longest = 2_200_000
/** What an authorization response or a request that carries tokens has. @see RFC 6749 §4.1.2, §4.1.2.1, §4.2.2 */
const telling = [
  'code',
  'error',
  'access_token',
  'id_token',
  'response',
  'refresh_token',
  'token',
  'logout_token',
  'id_token_hint',
  'grant_type',
  'client_assertion',
  'request',
]

/** A callback address with its answer in query or fragment, or the body of a form_post alone. */
export function readAddress(text: string): Found | undefined {
  const joined = unwrap(text)
  if (joined.length > longest || /\s/.test(joined)) return undefined
  const address = /^[a-z][a-z0-9+.-]{0,40}:[^=]*[?#]/i.test(joined) ? URL.parse(joined) : null
  const pairs = address
    ? pairsIn(address)
    : /^[?#]?[\w.-]{1,80}=[^&]*(?:&|$)/.test(joined)
      ? pairsOf(joined.replace(/^[?#]/, ''))
      : []
  if (!pairs.some(([name]) => telling.includes(name))) return undefined
  const { tokens, members } = readPairs(pairs)
  const where = address ? [{ name: 'address', value: `${address.protocol}//${address.host}${address.pathname}` }] : []
  const read = address
    ? `An address with its answer in the ${address.hash.includes('=') ? 'fragment' : 'query'}.`
    : 'Parameters as a form or a query has them.'
  return found('callback-address', read, { tokens, members: [...where, ...members] })
}

/** Mail clients break long addresses and put signs around them. */
function unwrap(text: string): string {
  const bare = text
    .trim()
    .replace(/^(?:location:|GET |POST )\s*/i, '')
    .replace(/ HTTP\/[\d.]+$/i, '')
  const inner = /^(?:<([^]*)>|"([^]*)"|'([^]*)'|`([^]*)`)$/.exec(bare)
  const open = inner?.slice(1).find((part) => part !== undefined) ?? bare
  return open.replace(/[ \t]*\r?\n[ \t>]*/g, '').replaceAll('&amp;', '&')
}

/** Query and fragment; some servers send `#/path?access_token=…`. */
function pairsIn(address: URL): [string, string][] {
  const fragment = address.hash.slice(1)
  const inner = fragment.includes('?') ? fragment.slice(fragment.indexOf('?') + 1) : fragment
  return [...address.searchParams, ...(inner.includes('=') ? pairsOf(inner) : [])]
}
