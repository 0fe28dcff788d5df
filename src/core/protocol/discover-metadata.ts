import type { AuthorizationServer } from 'oauth4webapi'
import type { JsonObject } from '../../contract/json.ts'
import { isIssuerTemplate } from '../../contract/metadata/address.ts'
import { problem, type ProblemError } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'
import { boundedDocument } from './bounded.ts'
import { metadataLocations } from './metadata-locations.ts'
import { type LocationAnswer, tryLocation } from './try-location.ts'

/** How thorough to be. */
export interface MetadataOptions {
  /** asks every location, also after one has answered */
  every?: boolean
}

/**
 * Finds and reads an authorization server's metadata: the first of the locations that answers a JSON object whose
 * `issuer` is exactly the one asked for, or a template of it.
 * @throws ProblemError parameter-invalid, metadata-not-found, metadata-invalid, issuer-mismatch; environment problems at once
 * @see RFC 8414 §3, OpenID Connect Discovery 1.0 §4
 */
export async function discoverMetadata(
  context: RunContext,
  issuer: string,
  { every = false }: MetadataOptions = {},
): Promise<AuthorizationServer> {
  requireAddress(issuer)
  const answers: LocationAnswer[] = []
  for (const location of metadataLocations(issuer)) {
    const answer = await tryLocation(context, location, {
      kind: 'authorization-server',
      identifier: issuer,
      field: 'issuer',
      fits: (named) => fitsTemplate(named, issuer),
    })
    answers.push(answer)
    if (answer.document) receive(context, issuer, answer)
    if (answer.document && !every) break
  }
  const found = answers.find(({ document }) => document)
  if (!found?.document) throw problemOfMisses(issuer, answers)
  explainChoice(context, answers, found)
  return asServer(found.document)
}

function receive(context: RunContext, issuer: string, { exchange, location, document = {} }: LocationAnswer): void {
  context.metadata({ exchange, location, issuer, document: boundedDocument(document) })
}

/** Why this document, when it was not the first that was asked for. */
function explainChoice(context: RunContext, answers: LocationAnswer[], found: LocationAnswer): void {
  const before = answers.indexOf(found)
  if (before === 0) return
  context.decide({
    subject: 'metadata',
    choice: found.location,
    reason: `${before === 1 ? 'The location before' : 'The locations before'} answered no metadata of this issuer.`,
    specification: found.specification,
  })
}

/**
 * `https://host/{tenantid}/v2.0` fits `https://host/common/v2.0`: such a server answers one document for all tenants,
 * and each of its tokens names the tenant in `tid`.
 */
function fitsTemplate(named: string, issuer: string): boolean {
  if (!isIssuerTemplate(named)) return false
  const escaped = named.split(/\{[A-Za-z_]{1,40}\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('[^/?#]+')}$`).test(issuer)
}

/** The library asks for the issuer that an ID token must name; behind a template the tenant stands in the token itself. */
async function asServer(document: JsonObject): Promise<AuthorizationServer> {
  const server = document as unknown as AuthorizationServer
  const { issuer } = server
  if (!isIssuerTemplate(issuer)) return server
  // Known to the library's own wrapper alone, which does the same for one product.
  const { _expectedIssuer: expectedIssuer } = (await import('oauth4webapi')) as unknown as { _expectedIssuer: symbol }
  const expected = ({ claims }: { claims: { tid?: unknown } }) =>
    issuer.replace(/\{[A-Za-z_]{1,40}\}/, () => String(claims.tid))
  return { ...server, [expectedIssuer]: expected }
}

/** SECURITY: a password in an issuer would be dropped on the way and stand in every message about it. */
function requireAddress(issuer: string): void {
  const { protocol, username, password } = new URL(issuer)
  if (/^https?:$/.test(protocol) && !username && !password) return
  throw problem('parameter-invalid', 'The issuer must be an http or https address without user name and password.', {
    specification: 'RFC 8414 §2',
  })
}

const missingPath = 'Check the issuer: a path such as a realm or tenant may be missing.'
const ofResource = 'If it is the address of an API or MCP server, discover that one instead: discover-resource.'
const byHand = 'A server without metadata works with its endpoints given by hand (metadata by-hand).'

/** The miss that tells most: another issuer, then something that is no JSON, then nothing there. */
function problemOfMisses(issuer: string, answers: LocationAnswer[]): ProblemError {
  const other = answers.find(({ outcome }) => outcome === 'other-issuer')
  if (other) return otherIssuer(issuer, other)
  const wrong = answers.find(({ outcome }) => outcome === 'not-json')
  if (wrong && answers.every(({ outcome, status }) => outcome !== 'absent' || status >= 400)) return noJson(wrong)
  const tried = answers.map(
    ({ location, outcome, status }) => `${location} (${outcome === 'absent' ? status : 'no metadata'})`,
  )
  return problem('metadata-not-found', `None of these answered metadata: ${tried.join(', ')}.`, {
    specification: 'RFC 8414 §3',
    whatToDo: [missingPath, ofResource, byHand],
  })
}

function otherIssuer(issuer: string, { names = 'absent', exchange }: LocationAnswer): ProblemError {
  return problem('issuer-mismatch', `Asked for ${issuer}, but the metadata says its issuer is ${names}.`, {
    exchange,
    specification: 'RFC 8414 §3.3',
    whatToDo: [
      `If ${names} is the server you mean, use exactly that as the issuer; a slash at the end counts.`,
      'If not, the server is set up wrongly, or somebody is in between.',
    ],
  })
}

function noJson({ location, status, mediaType, exchange }: LocationAnswer): ProblemError {
  const came = mediaType || 'no content type'
  return problem('metadata-invalid', `${location} answered ${status} with ${came} that is not a JSON object.`, {
    exchange,
    status,
    specification: 'RFC 8414 §3.2',
    whatToDo: [missingPath, ofResource, byHand, 'Open the request to see what came.'],
  })
}
