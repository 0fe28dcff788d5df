import { isTokenText } from './read-segments.ts'
import { found, type Found } from './found.ts'

const line =
  /^[ \t>*<-]{0,8}["']?(authorization|proxy-authorization|dpop)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?([^\r\n]{1,2200000})/gim
const scheme = /^["'`]{0,2}(bearer|dpop|basic)(?:\s|%20|\+)+(\S[^]*)$/i

/** Credentials of an Authorization header, and a DPoP proof, in any text with headers in it. @see RFC 6750 §2.1, RFC 9449 §7.1, RFC 7617 */
export function readHeaders(text: string): Found | undefined {
  const parts: Pick<Found, 'tokens' | 'members'> = { tokens: [], members: [] }
  for (const [, name = '', value = ''] of text.matchAll(line)) takeHeader(name, value, parts)
  if (parts.tokens.length + parts.members.length > 0) return asHeader(parts)
  const bare = scheme.exec(text.trim())
  if (!bare) return undefined
  const joined = isOneRun(bare[2]!) ? bare[2]!.replace(/\s+/g, '') : bare[2]!.split(/\s/, 1)[0]!
  takeHeader('authorization', `${bare[1]} ${joined}`, parts)
  return parts.tokens.length + parts.members.length > 0 ? asHeader(parts) : undefined
}

/** A value broken into lines, and no sentence: every line but the last is long. */
function isOneRun(text: string): boolean {
  const lines = text.trim().split(/\s+/)
  return lines.every(
    (one, index) => /^[\w+/=.~%-]+["'`]?$/.test(one) && (one.length >= 32 || index === lines.length - 1),
  )
}

function asHeader(parts: Pick<Found, 'tokens' | 'members'>): Found {
  const isProof = parts.tokens.length > 0 && parts.tokens.every(({ label }) => label === 'DPoP')
  return found('authorization-header', isProof ? 'A DPoP header.' : 'An Authorization header.', parts)
}

/** Adds what one header carries: tokens, or the name and the secret of Basic. */
export function takeHeader(name: string, raw: string, to: Pick<Found, 'tokens' | 'members'>): void {
  const value = withoutEnd(raw)
  const lower = name.toLowerCase()
  if (lower === 'dpop') {
    if (isTokenText(value)) to.tokens.push({ value: value.trim(), label: 'DPoP' })
    return
  }
  const credentials = /^(\w{3,20})(?:\s|%20|\+)+(\S+)/.exec(value)
  if (!credentials) {
    if (isTokenText(value)) to.tokens.push({ value, label: 'Authorization' })
    return
  }
  const [, kind = '', rest = ''] = credentials
  const known = { bearer: 'Bearer', dpop: 'DPoP', basic: 'Basic' }[kind.toLowerCase()]
  if (known === 'Basic') takeBasic(rest, to)
  else if (known) to.tokens.push({ value: rest, label: `Authorization: ${known}` })
}

/** Without the quote and the comma of a line of code. */
function withoutEnd(raw: string): string {
  let end = raw.length
  while (end > 0 && ` \t\r\n"'\`,;\\`.includes(raw[end - 1]!)) end--
  return raw.slice(0, end).trimStart()
}

/** The two parts of Basic, form-decoded where a client encoded them. @see RFC 6749 §2.3.1 */
export function takeBasic(credentials: string, to: Pick<Found, 'members'>): void {
  const text = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0 || /[\u0000-\u001f\u007f\ufffd]/.test(text)) return
  to.members.push({ name: 'client_id', value: decodeForm(text.slice(0, colon)) })
  to.members.push({ name: 'client_secret', value: decodeForm(text.slice(colon + 1)) })
}

function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
