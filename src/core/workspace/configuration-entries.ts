import { isJsonObject, type Json } from '../../contract/json.ts'

/** Names and values of a piece of configuration, in order, whatever it was written in. */
export interface ConfigurationEntries {
  /** what it looks like, to be told to a person */
  kind: '.env file' | 'JSON configuration' | 'Postman authorization' | 'Bruno authorization'
  entries: { name: string; value: string }[]
}

const mostEntries = 500
const deepest = 8

/** Reads a fragment of configuration; undefined when the text is none. Values that are only placeholders are left out. */
export function configurationEntries(text: string): ConfigurationEntries | undefined {
  const read = fromJson(text) ?? fromBruno(text) ?? fromEnvironment(text)
  if (!read) return undefined
  const entries = read.entries.filter(({ value }) => value !== '' && !isPlaceholder(value)).slice(0, mostEntries)
  return entries.length > 0 ? { ...read, entries } : undefined
}

/** `{{client_id}}`, `${CLIENT_ID}`, `<your client id>`: what somebody else is to fill in. */
function isPlaceholder(value: string): boolean {
  return /^(?:\{\{.*\}\}|\$\{.*\}|<.*>|process\.env\..*|.*\{\{.*\}\}.*)$/s.test(value)
}

function fromJson(text: string): ConfigurationEntries | undefined {
  const trimmed = text.trim()
  if (!/^[{[]/.test(trimmed)) return fragmentOfJson(trimmed)
  try {
    const entries = flatten(JSON.parse(trimmed) as Json, '', 0)
    const isPostman = entries.some(({ name }) => /^(?:accessTokenUrl|authUrl)$/.test(name))
    return { kind: isPostman ? 'Postman authorization' : 'JSON configuration', entries }
  } catch {
    return undefined
  }
}

/** Lines cut out of the middle of a JSON file: `"Authority": "https://…",`. */
function fragmentOfJson(text: string): ConfigurationEntries | undefined {
  if (!/^"[\w:.-]{1,80}"\s*:/.test(text)) return undefined
  const inner = text.replace(/,\s*$/, '')
  const open = (inner.match(/\{/g) ?? []).length - (inner.match(/\}/g) ?? []).length
  return fromJson(`{${inner}${'}'.repeat(Math.max(0, open))}}`)
}

/** Postman writes `{key, value}` pairs in lists; everything else is names within names. */
function flatten(value: Json, path: string, depth: number): ConfigurationEntries['entries'] {
  if (depth > deepest) return []
  if (Array.isArray(value)) {
    const texts = value.filter((one) => typeof one === 'string')
    if (texts.length === value.length && texts.length > 0) return [{ name: path, value: texts.join(' ') }]
    return value.flatMap((one) => flatten(one, path, depth + 1))
  }
  if (!isJsonObject(value)) return typeof value === 'object' ? [] : [{ name: path, value: String(value) }]
  if (typeof value.key === 'string' && typeof value.value === 'string') return [{ name: value.key, value: value.value }]
  return Object.entries(value).flatMap(([name, inner]) => {
    const isContainer = typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    return flatten(inner, isContainer || path === '' ? name : `${path}:${name}`, depth + 1)
  })
}

/** A block of a Bruno file: `auth:oauth2 { name: value … }`. */
function fromBruno(text: string): ConfigurationEntries | undefined {
  // The block ends where a line is a brace alone; braces within are placeholders.
  const block = /(?:^|\n)\s*auth:oauth2\s*\{\s*\n(.*?)(?:\n\s*\}|$)/s.exec(text)?.[1]
  if (block === undefined) return undefined
  const entries = block.split('\n').flatMap((line) => pairOf(line, /^\s*([\w-]{1,80})\s*:\s*(.*?)\s*$/))
  return { kind: 'Bruno authorization', entries }
}

/** `NAME=value` lines, also with `export` before them and quotes around the value; a comment says nothing. */
function fromEnvironment(text: string): ConfigurationEntries | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !/^\s*#/.test(line))
  const entries = lines.flatMap((line) =>
    pairOf(line, /^\s*(?:export\s+|set\s+|\$env:)?([A-Za-z_][\w.:-]{0,79})\s*=\s*(.*?)\s*$/),
  )
  // An address with a query is no such line, and a text in which most lines are something else is no such file.
  if (entries.length === 0 || entries.length * 2 < lines.length) return undefined
  return { kind: '.env file', entries }
}

function pairOf(line: string, pattern: RegExp): ConfigurationEntries['entries'] {
  const [, name, value = ''] = pattern.exec(line.slice(0, 8_192)) ?? []
  return name ? [{ name, value: value.replace(/^(["'`])(.*)\1$/, '$2') }] : []
}
