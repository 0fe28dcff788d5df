import { isIP } from 'node:net'
import type { PersonalKind } from '../../contract/sharing.ts'
import { isAboutPerson, isAddressHeader, personalKindOfName } from './personal-names.ts'

/** A personal value found in a text by its place or its shape. */
export interface FoundPersonal {
  start: number
  end: number
  /** decoded, so that it is the same wherever it is found */
  value: string
  kind: PersonalKind
}

/** Where a text stands, as far as that says whose it is. */
export interface TextPlace {
  /** the member, parameter or claim that the whole text is the value of */
  name?: string
  /** the header that it is the value of */
  header?: string
  /** members beside it tell of a person */
  ofPerson?: boolean
}

/** Everything that place and shape tell; what is masked already is left out. */
export function findPersonal(text: string, { name, header, ofPerson = false }: TextPlace = {}): FoundPersonal[] {
  const kind = name === undefined ? undefined : personalKindOfName(name, ofPerson)
  const whole = kind && isPlain(text) ? [{ start: 0, end: text.length, value: text, kind }] : []
  return [
    ...whole,
    ...(header !== undefined && isAddressHeader(header) ? findAddresses(text) : []),
    ...findEmails(text),
    ...findPairs(text),
    ...findMembers(text),
  ]
}

const isPlain = (value: string) => value.trim() !== '' && !value.startsWith('●●●●')

/** An address of a mailbox, its sign plain or encoded; what stands before the host of a URL is none. */
const email =
  /(?<![\w.+-]|:\/\/)([\w.+-]{1,64})(@|%(?:25){0,4}40|\\u0040|&#64;|&#[xX]40;)((?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24})/g

function findEmails(text: string): FoundPersonal[] {
  if (!/@|40|&#64;/.test(text)) return []
  return [...text.matchAll(email)].flatMap((match): FoundPersonal[] => {
    const local = match[1]!
    // The last sign of an encoded text before it ends in digits that look like a part of it.
    const encoded = text[match.index - 1] === '%' && /^(?:25)*[0-9A-Fa-f]{2}(?=.)/.exec(local)
    const skipped = encoded ? encoded[0].length : 0
    const value = `${local.slice(skipped)}@${match[3]}`
    return [{ start: match.index + skipped, end: match.index + match[0].length, value, kind: 'email' }]
  })
}

/** `name=value` where an address or a form surely has its parameters. */
const pair = /(?:^|[?&#]|&amp;|\\u0026)([\w.%[\]-]{1,80})=([^&\s"'<>#\\]{1,2000})/g

function findPairs(text: string): FoundPersonal[] {
  if (!text.includes('=')) return []
  const found: FoundPersonal[] = []
  pair.lastIndex = 0
  for (let match = pair.exec(text); match; match = pair.exec(text)) {
    const kind = personalKindOfName(decode(match[1]!), false)
    const end = match.index + match[0].length
    const raw = match[2]!
    if (kind && isPlain(raw)) found.push({ start: end - raw.length, end, value: decode(raw), kind })
  }
  return found
}

/** A member of JSON with a text or number, also of JSON in a text of JSON. */
const member = /"([\w.:-]{1,80})"\s{0,8}:\s{0,8}(?:"((?:[^"\\]|\\.){1,2000})"|(-?\d[\d.]{0,30}))/g
const innerMember =
  /\\{1,8}"([\w.:-]{1,80})\\{1,8}"\s{0,8}:\s{0,8}(?:\\{1,8}"([^"\\]{1,2000})\\{1,8}"|(-?\d[\d.]{0,30}))/g

function findMembers(text: string): FoundPersonal[] {
  if (!text.includes('":') && !text.includes('" :')) return []
  const ofPerson = isAboutPerson(text)
  return [...text.matchAll(member), ...text.matchAll(innerMember)].flatMap((match): FoundPersonal[] => {
    const kind = personalKindOfName(match[1]!, ofPerson)
    const raw = match[2] ?? match[3]!
    if (!kind || !isPlain(raw)) return []
    const end = match.index + match[0].length - (match[2] === undefined ? 0 : /\\*"$/.exec(match[0])![0].length)
    return [{ start: end - raw.length, end, value: match[2] === undefined ? raw : unquote(raw), kind }]
  })
}

/** The addresses of machines in a header such as `Forwarded`. @see RFC 7239 §4 */
function findAddresses(text: string): FoundPersonal[] {
  return [...text.matchAll(/[0-9A-Fa-f:.]{3,45}/g)].flatMap((match): FoundPersonal[] => {
    const whole = match[0].replace(/\.+$/, '')
    // With a port: `192.0.2.1:4711`.
    const value = isIP(whole) ? whole : whole.replace(/:\d{1,5}$/, '')
    return isIP(value) ? [{ start: match.index, end: match.index + value.length, value, kind: 'ip' }] : []
  })
}

function unquote(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string
  } catch {
    return raw
  }
}

function decode(raw: string): string {
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '))
  } catch {
    return raw
  }
}
