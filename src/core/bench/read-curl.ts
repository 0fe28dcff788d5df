import { parse } from 'shell-quote'
import { found, type Found } from './found.ts'
import { findInJson, parseJson } from './find-json.ts'
import { takeHeader } from './read-headers.ts'
import { readPairs } from './read-pairs.ts'

const longest = 4_000_000

interface Command {
  method?: string
  urls: string[]
  headers: string[]
  data: string[]
  user?: string
  isGet: boolean
}

/** Whether a text is a cURL command, as developer tools and documentation have them. */
export function isCurl(text: string): boolean {
  return /^\s*(?:[$>#%]\s+)?curl(?:\.exe)?\s/i.test(text) && text.length <= longest
}

/** Reads a cURL command: its headers, its data and its address. Nothing is run. */
export function readCurl(text: string): Found {
  const command = commandOf(wordsOf(text))
  const parts: Pick<Found, 'tokens' | 'members'> = { tokens: [], members: [] }
  const method = command.method ?? (command.data.length > 0 && !command.isGet ? 'POST' : 'GET')
  parts.members.push({ name: 'method', value: method })
  for (const url of command.urls.slice(0, 10)) takeAddress(url, parts)
  for (const header of command.headers) {
    const colon = header.indexOf(':')
    const name = header.slice(0, Math.max(0, colon)).trim()
    if (/^(?:authorization|dpop)$/i.test(name)) takeHeader(name, header.slice(colon + 1), parts)
    else parts.members.push({ name: name || 'header', value: header.slice(colon + 1).trim() })
  }
  if (command.user !== undefined) takeUser(command.user, parts)
  takeData(command.data, parts)
  return found('curl', 'A cURL command; it was read and not run.', parts)
}

/** Splits like a shell of any kind: cmd.exe with carets, PowerShell with backticks, bash with backslashes and $'…'. */
function wordsOf(text: string): string[] {
  const isCmd = /\^\r?\n|\^"/.test(text)
  const joined = isCmd
    ? text.replace(/\^\r?\n/g, ' ').replace(/\^(.)/gs, '$1')
    : text
        .replace(/[ \t]*[\\`]\r?\n[ \t]*/g, ' ')
        .replace(/\$'((?:[^'\\]|\\[^])*)'/g, (_whole, inside: string) => quoted(unescape(inside)))
  const words: string[] = []
  for (const word of parse(joined.replace(/^\s*[$>#%]\s+/, ''), (name) => `$${name}`)) {
    if (typeof word === 'string') words.push(word)
    else if ('pattern' in word) words.push(word.pattern)
    // What comes behind a pipe is another command; `&` in an address that nobody quoted is none.
    else if ('op' in word && word.op !== '&') break
  }
  return words
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t' }

function unescape(text: string): string {
  return text.replace(/\\(?:[ux]([0-9a-f]{4}|[0-9a-f]{2})|([^]))/gi, (_whole, code?: string, plain = '') =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : (escapes[plain] ?? plain),
  )
}

type Take = (command: Command, value: string) => void

const data: Take = (command, value) => command.data.push(value)
const options: Record<string, Take> = {
  '-H': (command, value) => command.headers.push(value),
  '--header': (command, value) => command.headers.push(value),
  '-X': (command, value) => (command.method = value),
  '--request': (command, value) => (command.method = value),
  '-u': (command, value) => (command.user = value),
  '--user': (command, value) => (command.user = value),
  '--oauth2-bearer': (command, value) => command.headers.push(`Authorization: Bearer ${value}`),
  '--url': (command, value) => command.urls.push(value),
  '-d': data,
  '--data': data,
  '--data-raw': data,
  '--data-ascii': data,
  '--data-binary': data,
  '--json': data,
  '-F': data,
  '--form': data,
  '--data-urlencode': (command, value) => command.data.push(encodeData(value)),
}
/** Options of cURL that have a value which says nothing here. */
const skipped =
  /^(?:-[oAebcxmwTK]|--(?:output|user-agent|referer|cookie|cookie-jar|cacert|cert|key|proxy|max-time|connect-timeout|write-out|resolve|config|upload-file|interface|retry))$/

function commandOf(words: string[]): Command {
  const command: Command = { urls: [], headers: [], data: [], isGet: false }
  for (let at = 1; at < words.length; at++) if (takeWord(command, words[at]!, words[at + 1] ?? '')) at++
  return command
}

/** Takes an option or an address; true when the word behind it belonged to it. */
function takeWord(command: Command, word: string, next: string): boolean {
  const glued = /^-[HXudF]./.test(word) ? word.slice(0, 2) : word
  const take = Object.hasOwn(options, glued) ? options[glued] : undefined
  if (take) {
    take(command, glued === word ? next : word.slice(2))
    return glued === word
  }
  if (word === '-G' || word === '--get') command.isGet = true
  else if (!word.startsWith('-')) command.urls.push(word)
  return skipped.test(word)
}

/** `name=content` is encoded behind its name. */
function encodeData(value: string): string {
  const equals = value.indexOf('=')
  return `${value.slice(0, equals + 1)}${encodeURIComponent(value.slice(equals + 1))}`
}

function takeAddress(text: string, to: Pick<Found, 'tokens' | 'members'>): void {
  const url = URL.parse(text) ?? URL.parse(`http://${text}`)
  if (!url) return
  to.members.push({ name: 'url', value: `${url.protocol}//${url.host}${url.pathname}` })
  const { tokens, members } = readPairs([...url.searchParams])
  to.tokens.push(...tokens)
  to.members.push(...members)
}

function takeUser(user: string, to: Pick<Found, 'members'>): void {
  const colon = user.indexOf(':')
  to.members.push({ name: 'client_id', value: colon < 0 ? user : user.slice(0, colon) })
  if (colon >= 0) to.members.push({ name: 'client_secret', value: user.slice(colon + 1) })
}

function takeData(texts: string[], to: Pick<Found, 'tokens' | 'members'>): void {
  const json = texts.length === 1 && /^\s*[[{]/.test(texts[0]!) ? parseJson(texts[0]!) : undefined
  const { tokens, members } =
    json === undefined
      ? readPairs([...new URLSearchParams(texts.join('&'))])
      : (findInJson(json) ?? { tokens: [], members: [] })
  to.tokens.push(...tokens)
  to.members.push(...members)
}
