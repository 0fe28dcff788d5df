import type { TriedLocation } from '../../contract/events.ts'
import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import type { RunContext } from '../runs/run-context.ts'
import type { MetadataLocation } from './metadata-locations.ts'

const boundBytes = 5 * 1024 * 1024

/** What is looked for at a location. */
export interface Wanted {
  kind: TriedLocation['kind']
  /** the identifier that the document must name */
  identifier: string
  /** the field that names it: `issuer` or `resource` */
  field: 'issuer' | 'resource'
  /** tells an identifier that stands for many, such as an issuer template */
  fits?: (named: string) => boolean
}

/** What one location answered; with a document when it is the one looked for. */
export interface LocationAnswer extends Omit<TriedLocation, 'kind'> {
  mediaType: string
  document?: JsonObject
}

/**
 * Asks one location for metadata and records what it answered. A server that answers 200 HTML to anything does no harm:
 * only a JSON object that names exactly the identifier is metadata.
 * @throws ProblemError environment problems
 * @see RFC 8414 §3.2, RFC 9728 §3.2
 */
export async function tryLocation(
  context: RunContext,
  location: MetadataLocation,
  wanted: Wanted,
): Promise<LocationAnswer> {
  const response = await context.fetch(location.url, {
    purpose: 'metadata',
    redirect: 'same-origin',
    headers: { accept: 'application/json' },
    maxBodyBytes: boundBytes,
    ...(wanted.kind === 'protected-resource' ? { party: 'resource-server' as const } : {}),
  })
  await response.arrayBuffer()
  const { exchange, json, mediaType, status } = context.lastAnswer('metadata')!
  const read = { exchange, location: location.url, specification: location.specification, status, mediaType }
  const answer: LocationAnswer = { ...read, ...judge(status, json, wanted) }
  const { mediaType: _mediaType, document: _document, ...tried } = answer
  context.tried({ ...tried, kind: wanted.kind })
  return answer
}

function judge(
  status: number,
  json: Json | undefined,
  { identifier, field, fits }: Wanted,
): Pick<LocationAnswer, 'outcome' | 'names' | 'document'> {
  if (status !== 200) return { outcome: 'absent' }
  if (!isJsonObject(json)) return { outcome: 'not-json' }
  const named = json[field]
  if (named === identifier || (typeof named === 'string' && fits?.(named))) return { outcome: 'found', document: json }
  return { outcome: 'other-issuer', names: textOf(named) }
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string'
    ? value.slice(0, 2000)
    : value === undefined
      ? 'absent'
      : JSON.stringify(value).slice(0, 200)
}
