import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import type { AuthorizationServer } from 'oauth4webapi'
import { problem, type ProblemError } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'
import { metadataLocations, type MetadataLocation } from './metadata-locations.ts'

/** Why a location gave no usable metadata, worst last. */
type Miss =
  | { kind: 'absent'; location: MetadataLocation; status: number }
  | { kind: 'not-json'; location: MetadataLocation; status: number; mediaType: string; exchange: string }
  | { kind: 'other-issuer'; location: MetadataLocation; issuer: string; exchange: string }

const boundBytes = 5 * 1024 * 1024

/**
 * Finds and reads an authorization server's metadata. Locations are tried in turn until one answers a JSON object whose
 * `issuer` is exactly the one asked for, so a server that answers 200 HTML to anything does no harm.
 * @throws ProblemError parameter-invalid, metadata-not-found, metadata-invalid, issuer-mismatch; environment problems at once
 * @see RFC 8414 §3, OpenID Connect Discovery 1.0 §4
 */
export async function readMetadata(context: RunContext, issuer: string): Promise<AuthorizationServer> {
  requireAddress(issuer)
  const misses: Miss[] = []
  for (const location of metadataLocations(issuer)) {
    const found = await readLocation(context, location, issuer)
    if ('document' in found) {
      const { document, exchange } = found
      context.metadata({ exchange, location: location.url, issuer, document: knownFieldsOf(document) })
      if (misses.length > 0) {
        context.decide({
          subject: 'metadata',
          choice: location.url,
          reason: `${misses.length === 1 ? 'The location before' : 'The locations before'} answered no metadata of this issuer.`,
          specification: location.specification,
        })
      }
      return document as unknown as AuthorizationServer
    }
    misses.push(found)
  }
  throw problemOfMisses(issuer, misses)
}

/** SECURITY: a password in an issuer would be dropped on the way and stand in every message about it. */
function requireAddress(issuer: string): void {
  const { protocol, username, password } = new URL(issuer)
  if (/^https?:$/.test(protocol) && !username && !password) return
  throw problem('parameter-invalid', 'The issuer must be an http or https address without user name and password.', {
    specification: 'RFC 8414 §2',
  })
}

async function readLocation(
  context: RunContext,
  location: MetadataLocation,
  issuer: string,
): Promise<Miss | { document: JsonObject; exchange: string }> {
  const response = await context.fetch(location.url, {
    purpose: 'metadata',
    redirect: 'same-origin',
    headers: { accept: 'application/json' },
    maxBodyBytes: boundBytes,
  })
  await response.arrayBuffer()
  const { exchange, json, mediaType, status } = context.lastAnswer('metadata')!
  if (status !== 200) return { kind: 'absent', location, status }
  if (!isJsonObject(json)) return { kind: 'not-json', location, status, mediaType, exchange }
  if (json.issuer !== issuer) {
    return { kind: 'other-issuer', location, issuer: textOf(json.issuer), exchange }
  }
  return { document: json, exchange }
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? 'absent' : JSON.stringify(value).slice(0, 200)
}

/** The miss that tells most: another issuer, then something that is no JSON, then nothing there. */
function problemOfMisses(issuer: string, misses: Miss[]): ProblemError {
  const other = misses.find((miss) => miss.kind === 'other-issuer')
  if (other) {
    return problem('issuer-mismatch', `Asked for ${issuer}, but the metadata says its issuer is ${other.issuer}.`, {
      exchange: other.exchange,
      specification: 'RFC 8414 §3.3',
      whatToDo: [
        `If ${other.issuer} is the server you mean, use exactly that as the issuer; a slash at the end counts.`,
        'If not, the server is set up wrongly, or somebody is in between.',
      ],
    })
  }
  const wrong = misses.find((miss) => miss.kind === 'not-json')
  if (wrong && misses.every((miss) => miss.kind !== 'absent' || miss.status >= 400)) {
    const came = wrong.mediaType || 'no content type'
    return problem(
      'metadata-invalid',
      `${wrong.location.url} answered ${wrong.status} with ${came} that is not a JSON object.`,
      {
        exchange: wrong.exchange,
        status: wrong.status,
        specification: 'RFC 8414 §3.2',
        whatToDo: [
          'Check the issuer: a path such as a realm or tenant may be missing.',
          'Open the request to see what came.',
        ],
      },
    )
  }
  const tried = misses.map((miss) => `${miss.location.url} (${miss.kind === 'absent' ? miss.status : 'no metadata'})`)
  return problem('metadata-not-found', `None of these answered metadata: ${tried.join(', ')}.`, {
    specification: 'RFC 8414 §3',
    whatToDo: ['Check the issuer: a path such as a realm or tenant may be missing.'],
  })
}

const maximumListed = 200
const maximumCharacters = 2_000
const maximumDepth = 8

/** The fields a rule or a form reads, bounded; the whole document is the exchange's body. */
function knownFieldsOf(document: JsonObject): JsonObject {
  const known = Object.entries(document).filter(([name]) =>
    /^(issuer|jwks_uri|.+_endpoint|.+_supported|require_.+|mtls_endpoint_aliases|protected_resources)$/.test(name),
  )
  return bounded(Object.fromEntries(known)) as JsonObject
}

/** Metadata as an event may carry it: lists are cut, overlong texts and what nests too deep are left out. */
export function bounded(value: Json, depth = 0): Json {
  // Not cut: the masker would not know half a secret.
  if (typeof value === 'string') return value.length > maximumCharacters ? `… (${value.length} characters)` : value
  if (typeof value !== 'object' || value === null) return value
  if (depth > maximumDepth) return '…'
  if (Array.isArray(value)) return value.slice(0, maximumListed).map((element) => bounded(element, depth + 1))
  const fields = Object.entries(value).slice(0, maximumListed)
  return Object.fromEntries(fields.map(([name, field]) => [name, bounded(field, depth + 1)]))
}
