import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import { readPairs } from './read-pairs.ts'
import { found, type Found, type FoundToken } from './found.ts'
import { tokenLabelOf } from './token-names.ts'

const mostNodes = 200_000
const mostCandidates = 200
/** Characters that may be walked through for candidates: each `{` of a text may begin an object that never ends. */
const mostWalked = 8_000_000
const mostTokens = 50
const longestObject = 2_000_000

/** JSON that holds an object with tokens, or an error, at any depth, also as a text within JSON. */
export function findInJson(value: Json): Found | undefined {
  const response = findResponse(value)
  if (!response) return undefined
  const isWhole = response === value
  const { tokens, members } = readPairs(
    Object.entries(response).map(([name, field]) => [name, typeof field === 'string' ? field : JSON.stringify(field)]),
  )
  const rest = isWhole ? [] : tokensIn(value).filter((one) => !tokens.some((known) => known.value === one.value))
  const what = typeof response.error === 'string' && tokens.length === 0 ? 'An error answer' : 'A token response'
  return found('token-response', `${what}${isWhole ? '' : ', found inside of other JSON'}.`, {
    tokens: [...tokens, ...rest].slice(0, mostTokens),
    members,
  })
}

/** Parsed values, breadth first and without recursion: a stranger's nesting has no bound. */
function* objectsIn(value: Json): Generator<JsonObject> {
  const queue: Json[] = [value]
  for (let at = 0; at < queue.length && at < mostNodes; at++) {
    const one = queue[at]!
    if (typeof one === 'string') {
      const inside = parseInside(one)
      if (inside !== undefined) queue.push(inside)
    } else if (Array.isArray(one)) {
      for (const element of one) queue.push(element)
    } else if (isJsonObject(one)) {
      yield one
      for (const name of Object.keys(one)) queue.push(one[name]!)
    }
  }
}

/** Logs put JSON as text into JSON. */
function parseInside(text: string): Json | undefined {
  return /^\s*\{/.test(text) && text.length < 1_000_000 ? parseJson(text) : undefined
}

/** JSON, or undefined. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function findResponse(value: Json): JsonObject | undefined {
  for (const one of objectsIn(value)) if (isResponse(one)) return one
  return undefined
}

/** A token response, an error one, or any object that has a token under a known name. @see RFC 6749 §5.1, §5.2 */
function isResponse(object: JsonObject): boolean {
  if (typeof object.error === 'string' && typeof object.error_description === 'string') return true
  return Object.keys(object).some((name) => {
    const value = object[name]
    return typeof value === 'string' && tokenLabelOf(name, value) !== undefined
  })
}

/** Every token in JSON, at most 50. */
function tokensIn(value: Json): FoundToken[] {
  const tokens: FoundToken[] = []
  for (const one of objectsIn(value)) {
    for (const [name, field] of Object.entries(one)) {
      if (typeof field !== 'string') continue
      const label = tokenLabelOf(name, field)
      if (label && tokens.length < mostTokens) tokens.push({ value: field.trim(), label })
    }
  }
  return tokens
}

/** JSON within other text, such as a line of a log: the first object that holds a token or an error. */
export function findEmbeddedJson(text: string): Found | undefined {
  let candidates = 0
  let walked = 0
  for (let at = text.indexOf('{'); at >= 0 && walked < mostWalked; at = text.indexOf('{', at + 1)) {
    if (++candidates > mostCandidates) break
    const end = endOfObject(text, at)
    walked += (end ?? Math.min(text.length, at + longestObject)) - at
    if (end === undefined) continue
    const json = parseJson(text.slice(at, end)) ?? parseJson(unescapeQuotes(text.slice(at, end)))
    if (json === undefined) continue
    const response = findInJson(json)
    if (response)
      return {
        ...response,
        read: `${response.read.replace(/(?:, found inside of other JSON)?\.$/, '')}, found inside of other text.`,
      }
    at = end - 1
  }
  return undefined
}

function unescapeQuotes(text: string): string {
  return text.replaceAll('\\"', '"').replaceAll('\\\\', '\\')
}

/** Where an object ends that begins at a place, texts left out; undefined when it does not end. */
function endOfObject(text: string, from: number): number | undefined {
  const marks = /\\?"|[{}]/g
  marks.lastIndex = from
  let depth = 0
  let isText = false
  const isEscaped = /^\{\s*\\"/.test(text.slice(from, from + 20))
  for (let mark = marks.exec(text); mark && mark.index - from < longestObject; mark = marks.exec(text)) {
    if (mark[0] === '"' || (mark[0] === '\\"' && isEscaped)) isText = !isText
    else if (isText || mark[0] === '\\"') continue
    else if (mark[0] === '{') depth++
    else if (--depth === 0) return mark.index + 1
  }
  return undefined
}
