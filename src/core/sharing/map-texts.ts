import type { RunEvent } from '../../contract/events.ts'
import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import type { TextPlace } from './find-personal.ts'
import { isAboutPerson } from './personal-names.ts'

/** What is done to the texts of an event: strangers' texts with their place, and words of Grantlab's own. */
export interface TextMapping {
  text(text: string, place: TextPlace): string
  own(text: string): string
}

/** Members of events whose values are Grantlab's own words, ids and times. */
const ownMembers = new Set(
  `type at step parent exchange actor party purpose plan grantlab runId operation id kind format fingerprint outcome code
  title name method httpVersion mediaType receivedAt expiresAt takenAt specification section wait pause until rule source how
  registration protocol cipher fingerprint256 serialNumber validFrom validTo pem signature`.split(/\s+/),
)

/** Members of events that hold what a server, a token or a person said, in their own words. */
const payloads = new Set([
  'parameters',
  'claims',
  'header',
  'document',
  'result',
  'facts',
  'asked',
  'registered',
  'further',
])

/** The same event with every text changed; its shape stays. */
export function mapEventTexts(event: RunEvent, mapping: TextMapping): RunEvent {
  return mapEvent(event as unknown as Json, undefined, mapping) as unknown as RunEvent
}

function mapEvent(value: Json, name: string | undefined, mapping: TextMapping): Json {
  if (typeof value === 'string') {
    if (name !== undefined && ownMembers.has(name)) return mapping.own(value)
    return mapping.text(value, name === 'remoteAddress' ? { name: 'ip' } : {})
  }
  if (Array.isArray(value)) {
    return value.map((one) => mapPair(one, name, mapping) ?? mapEvent(one, name, mapping))
  }
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      payloads.has(key) && isJsonObject(inner)
        ? mapPayload(inner, { ofPerson: isAboutPerson(JSON.stringify(inner)) }, mapping)
        : mapEvent(inner, key, mapping),
    ]),
  )
}

/** The same JSON with every text changed, names of members included. */
export function mapPayload(value: Json, place: TextPlace, mapping: TextMapping): Json {
  if (typeof value === 'string') return mapping.text(value, place)
  if (typeof value === 'number') {
    const text = String(value)
    const mapped = mapping.text(text, place)
    return mapped === text ? value : mapped
  }
  if (Array.isArray(value)) {
    return value.map((one) => mapPair(one, place.name, mapping) ?? mapPayload(one, place, mapping))
  }
  if (!isJsonObject(value)) return value
  return mapMembers(value, place, mapping)
}

function mapMembers(value: JsonObject, { ofPerson = false }: TextPlace, mapping: TextMapping): Json {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      mapping.text(name, {}),
      mapPayload(inner, { name, ofPerson }, mapping),
    ]),
  )
}

/** An element of a list of names with their values, as headers and parameters are; undefined for any other. */
function mapPair(element: Json, list: string | undefined, mapping: TextMapping): Json | undefined {
  if (!isPair(element)) return undefined
  const [name, value] = element
  const isHeader = list?.toLowerCase().endsWith('headers') ?? false
  return [mapping.text(name, {}), mapping.text(value, isHeader ? { header: name } : { name })]
}

function isPair(value: Json): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'string')
}
