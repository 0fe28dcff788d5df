import { credentialSpan, findCredentials } from './find-credentials.ts'
import { findInAddress, findPairs } from './find-pairs.ts'
import { kindOfName, looksLikeWords } from './secret-names.ts'
import type { FoundSecret } from './spans.ts'

/** Cookie values of this length are known from then on; shorter ones are settings such as a language. */
const shortestCookie = 16

/** Secrets in the value of a header. A DPoP proof stays readable: it is bound to one request and worth nothing after it. */
export function findInHeader(name: string, value: string): FoundSecret[] {
  switch (name.toLowerCase()) {
    case 'authorization':
    case 'x-forwarded-authorization':
      return present(credentialSpan(value))
    case 'proxy-authorization':
      // A person's password, mostly: no fingerprint to test guesses with.
      return present(credentialSpan(value)).map((found) => ({ ...found, kind: 'password' }))
    case 'cookie':
      return findInCookies(value)
    case 'set-cookie':
      return findInCookies(value.split(';', 1)[0]!)
    case 'location':
    case 'content-location':
    case 'referer':
      return [...findInAddress(value), ...findPairs(value)]
    case 'dpop':
      return []
    default:
      return findInOther(name, value)
  }
}

function findInOther(name: string, value: string): FoundSecret[] {
  const kind = kindOfName(name)
  if (kind && value !== '' && !value.startsWith('●●●●') && !looksLikeWords(value)) {
    return [
      { start: 0, end: value.length, clear: value, kind: kind === 'password' ? 'password' : 'secret', learn: true },
    ]
  }
  return [...findPairs(value), ...findCredentials(value)]
}

/** `name=value; name=value`; the names stay. @see RFC 6265 §4.2.1 */
function findInCookies(value: string): FoundSecret[] {
  const found: FoundSecret[] = []
  let start = 0
  for (const pair of value.split(';')) {
    const equals = pair.indexOf('=')
    const content = equals < 0 ? '' : pair.slice(equals + 1).trim()
    const at = start + pair.indexOf(content, equals + 1)
    start += pair.length + 1
    if (content === '' || content.startsWith('●●●●')) continue
    const clear = content.replace(/^"(.*)"$/, '$1')
    const learn = clear.length >= shortestCookie && !looksLikeWords(clear)
    found.push({ start: at, end: at + content.length, clear, kind: 'secret', learn })
  }
  return found
}

function present(found: FoundSecret | undefined): FoundSecret[] {
  return found ? [found] : []
}
