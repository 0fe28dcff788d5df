import { isJsonObject, type Json, type JsonObject, type NameValue } from '../../contract/json.ts'
import { findInJson, parseJson } from './find-json.ts'
import { found, type Found, type FoundToken } from './found.ts'
import { takeHeader } from './read-headers.ts'
import { readPairs } from './read-pairs.ts'

const mostEntries = 20_000
const mostTokens = 50
const longestBody = 2_200_000

/** The tokens of a HAR, each once, with the request it stood in. Undefined when the JSON is no HAR. @see HAR 1.2 */
export function readHar(json: Json): Found | undefined {
  const log = isJsonObject(json) && isJsonObject(json.log) ? json.log : undefined
  if (!log || !Array.isArray(log.entries)) return undefined
  const entries = log.entries.slice(0, mostEntries)
  const what = `A HAR with ${log.entries.length} requests; opened as a run it shows them all.`
  return found('har', what, { tokens: tokensOfEntries(entries), members: membersOf(log, entries) })
}

function tokensOfEntries(entries: Json[]): FoundToken[] {
  const tokens = new Map<string, FoundToken>()
  for (const [index, entry] of entries.entries()) {
    const where = { place: `request ${index + 1} of the HAR`, ...timeOfEntry(entry) }
    for (const token of tokensOfEntry(entry)) {
      if (tokens.size >= mostTokens) return [...tokens.values()]
      if (!tokens.has(token.value)) tokens.set(token.value, { ...token, ...where })
    }
  }
  return [...tokens.values()]
}

function timeOfEntry(entry: Json): Pick<FoundToken, 'seenAt'> {
  const began =
    isJsonObject(entry) && typeof entry.startedDateTime === 'string' ? Date.parse(entry.startedDateTime) : NaN
  return Number.isNaN(began) ? {} : { seenAt: new Date(began).toISOString() }
}

function membersOf(log: JsonObject, entries: Json[]): Found['members'] {
  const creator = isJsonObject(log.creator) ? log.creator.name : undefined
  const began = entries.find(isJsonObject)?.startedDateTime
  return [
    ...(typeof creator === 'string' ? [{ name: 'made by', value: creator }] : []),
    { name: 'requests', value: String((log.entries as Json[]).length) },
    ...(typeof began === 'string' ? [{ name: 'first request', value: began }] : []),
  ]
}

function tokensOfEntry(entry: Json): FoundToken[] {
  if (!isJsonObject(entry)) return []
  const parts: Pick<Found, 'tokens' | 'members'> = { tokens: [], members: [] }
  const request = isJsonObject(entry.request) ? entry.request : {}
  const response = isJsonObject(entry.response) ? entry.response : {}
  for (const [name, value] of pairsOfList(request.headers)) {
    if (/^(?:authorization|dpop)$/i.test(name)) takeHeader(name, value, parts)
  }
  for (const [name, value] of pairsOfList(response.headers)) {
    if (/^location$/i.test(name)) parts.tokens.push(...tokensOfAddress(value))
  }
  if (typeof request.url === 'string') parts.tokens.push(...tokensOfAddress(request.url))
  parts.tokens.push(...tokensOfBody(request.postData), ...tokensOfBody(response.content))
  return parts.tokens
}

function pairsOfList(list: Json | undefined): NameValue[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((one) =>
    isJsonObject(one) && typeof one.name === 'string' && typeof one.value === 'string' ? [[one.name, one.value]] : [],
  )
}

function tokensOfAddress(text: string): FoundToken[] {
  const url = text.length > longestBody ? null : URL.parse(text)
  if (!url) return []
  return readPairs([...url.searchParams, ...new URLSearchParams(url.hash.slice(1))]).tokens
}

function tokensOfBody(body: Json | undefined): FoundToken[] {
  if (!isJsonObject(body)) return []
  const text = textOf(body)
  if (text === '' || text.length > longestBody) return readPairs(pairsOfList(body.params)).tokens
  if (/^\s*[[{]/.test(text)) {
    const json = parseJson(text)
    return json === undefined ? [] : (findInJson(json)?.tokens ?? [])
  }
  const isForm = typeof body.mimeType === 'string' && body.mimeType.toLowerCase().includes('form-urlencoded')
  return isForm ? readPairs([...new URLSearchParams(text)]).tokens : []
}

function textOf({ text, encoding }: JsonObject): string {
  if (typeof text !== 'string') return ''
  return encoding === 'base64' && text.length <= longestBody ? Buffer.from(text, 'base64').toString('utf8') : text
}
