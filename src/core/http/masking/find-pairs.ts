import { isMaskedThere, kindOfName, looksLikeWords, type SecretKind } from './secret-names.ts'
import { credentialSpan } from './find-credentials.ts'
import type { FoundSecret } from './spans.ts'

/** Secrets in `name=value&…` from one place of a text to another: a form body, the query or fragment of an address. */
export function findInForm(text: string, from: number, to: number): FoundSecret[] {
  const found: FoundSecret[] = []
  for (let start = from; start < to;) {
    const next = text.indexOf('&', start)
    const end = next < 0 || next > to ? to : next
    // Within the pair alone: looking for `=` to the end of the text from each `&` takes minutes when there is none.
    const length = text.slice(start, end).indexOf('=')
    if (length > 0) {
      const kind = kindOfName(decode(text.slice(start, start + length)))
      const secret = kind && asFound(kind, { text, start: start + length + 1, end, exact: true })
      if (secret) found.push(secret)
    }
    start = end + 1
  }
  return found
}

/** Passwords before the hosts of addresses, anywhere in a text. */
export function findLogins(text: string): FoundSecret[] {
  // Most texts are short and hold none of this; a list of thousands of rows is masked text by text.
  if (!text.includes('@') || !text.includes('://')) return []
  const found: FoundSecret[] = []
  // Bounded on both sides of the colon: texts full of `://` must not make it slow.
  for (const match of text.matchAll(/:\/\/[^\s/?#@:"'<>]{0,256}:([^\s/?#@"'<>]{1,512})@/g)) {
    const password = match[1]!
    if (password.startsWith('●●●●')) continue
    const end = match.index + match[0].length - 1
    found.push({ start: end - password.length, end, clear: decode(password), kind: 'password', learn: true })
  }
  return found
}

/** Secrets in the query and the fragment of an address, and the password before its host. */
export function findInAddress(url: string): FoundSecret[] {
  const found: FoundSecret[] = findLogins(url)
  const hash = url.indexOf('#')
  const query = url.indexOf('?')
  const queryEnd = hash < 0 ? url.length : hash
  if (query >= 0 && query < queryEnd) found.push(...findInForm(url, query + 1, queryEnd))
  if (hash >= 0) {
    // Some servers send `#/path?access_token=…`.
    const inner = url.indexOf('?', hash)
    found.push(...findInForm(url, (inner < 0 ? hash : inner) + 1, url.length))
  }
  return found
}

/** A name and its `=`: plain, percent-encoded any number of times, as an entity, escaped in a script. */
const nameAndEquals = /(?<![\w.[\]~-])([\w.[\]~-]{2,72})(=|%(?:25){0,8}3[dD]|&#(?:61|[xX]3[dD]);|\\u003[dD])/g
/** One of these stands in every form of an equals sign. */
const equalsSign = /[=%&\\]/
/** The sign before a name, when it is encoded, ends in digits that look like a part of the name. */
const encodedBefore = /^(?:(?:25){0,8}(?:3[fF]|26|23|20|22)|u0026)/
const strongBefore = /(?:[?&#]|&(?:amp|#38|#[xX]26);|%(?:25){0,8}(?:3[fF]|26|23)|\\u0026)$/
const plainEnd = /[&\s"'<>#\\`]|$/g
const encodedEnd = /[&\s"'<>#\\`]|%(?:25){0,8}(?:26|23|22|20|0[aA])|$/g
const longestWeakValue = 2048

/** Secrets in `name=value` anywhere in a text: links in pages, scripts, messages, addresses within addresses. */
export function findPairs(text: string): FoundSecret[] {
  if (!equalsSign.test(text)) return []
  const found: FoundSecret[] = []
  const ends = { plain: new EndFinder(text, plainEnd), encoded: new EndFinder(text, encodedEnd) }
  let covered = 0
  for (const match of text.matchAll(nameAndEquals)) {
    const word = match[1]!
    const isPlain = match[2] === '='
    const name = isPlain ? word : word.replace(encodedBefore, '')
    const kind = kindOfName(name)
    if (!kind || match.index < covered) continue
    const at = match.index + word.length - name.length
    const start = match.index + match[0].length
    const isStrong = strongBefore.test(text.slice(Math.max(0, at - 24), at))
    const secret = valueAfter(text, { start, kind, isStrong, ends: isPlain ? ends.plain : ends.encoded })
    if (!secret) continue
    covered = secret.end
    found.push(secret)
  }
  return found
}

/** Finds where a value ends, remembering the last end: values without one between them would be walked through again and again. */
class EndFinder {
  readonly #text: string
  readonly #end: RegExp
  #from = 0
  #found = -1

  constructor(text: string, end: RegExp) {
    this.#text = text
    this.#end = end
  }

  after(from: number): number {
    if (from < this.#from || from > this.#found) {
      this.#end.lastIndex = from
      this.#from = from
      this.#found = this.#end.exec(this.#text)!.index
    }
    return this.#found
  }
}

interface ValuePlace {
  start: number
  kind: SecretKind
  /** an address or form surely: `?name=`, `&name=` */
  isStrong: boolean
  ends: EndFinder
}

function valueAfter(text: string, { start, kind, isStrong, ends }: ValuePlace): FoundSecret | undefined {
  const quote = /^\\{0,4}["']/.exec(text.slice(start, start + 5))?.[0]
  const from = start + (quote?.length ?? 0)
  const end = ends.after(from)
  // Scripts are full of `token=e.value`: outside addresses only what looks random is taken.
  if (!isStrong && (end - from > longestWeakValue || !looksRandom(text.slice(from, end)))) return undefined
  return asFound(kind, { text, start: from, end, exact: false })
}

function looksRandom(value: string): boolean {
  return /^[\w.~+/%-]{8,}={0,2}[).,;\]}]{0,4}$/.test(value) && /\d/.test(value)
}

interface ValueSpan {
  text: string
  start: number
  end: number
  /** the end is known, not guessed: punctuation at the end belongs to the value */
  exact: boolean
}

function asFound(kind: SecretKind, { text, start, end: last, exact }: ValueSpan): FoundSecret | undefined {
  let end = last
  if (!exact) while (end > start && ').,;]}'.includes(text[end - 1]!)) end--
  const raw = text.slice(start, end)
  const clear = decode(raw)
  if (kind === 'credentials') return credentialSpan(raw, start)
  if (!isMaskedThere(kind, clear)) return undefined
  const learn = kind === 'secret' || kind === 'password' ? exact : !looksLikeWords(clear)
  return { start, end, clear, kind: kind === 'password' ? 'password' : 'secret', learn }
}

/** Form-decodes; what is not well-formed stays as it is. */
function decode(raw: string): string {
  if (!raw.includes('%') && !raw.includes('+')) return raw
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '))
  } catch {
    return raw
  }
}
