import type { JsonObject } from '../../contract/json.ts'
import { problem } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'
import { boundedDocument } from './bounded.ts'
import type { MetadataLocation } from './metadata-locations.ts'
import { tryLocation } from './try-location.ts'

/** The metadata of a resource with what it was asked as. */
export interface FoundResource {
  resource: string
  document: JsonObject
}

/**
 * Finds the metadata of a protected resource: where its own 401 says it is, then at the well-known locations, with the
 * resource's path inserted and without it.
 * @throws ProblemError metadata-not-found; environment problems at once
 * @see RFC 9728 §3, §5.1
 */
export async function readResourceMetadata(context: RunContext, address: string): Promise<FoundResource> {
  const challenged = await challengeOf(context, address)
  for (const location of locationsOf(address, challenged)) {
    const { document, exchange } = await tryLocation(context, location, {
      kind: 'protected-resource',
      identifier: address,
      field: 'resource',
      fits: (named) => isOfOrigin(named, address),
    })
    if (!document) continue
    const resource = askedAs(address, document, location)
    context.metadata({
      exchange,
      location: location.url,
      kind: 'protected-resource',
      issuer: resource,
      document: boundedDocument(document),
    })
    return { resource, document }
  }
  throw problem('metadata-not-found', `${address} has no protected resource metadata that names it.`, {
    specification: 'RFC 9728 §3',
    whatToDo: [
      'If you know its authorization server, discover that one by its issuer.',
      'Have the resource answer 401 with WWW-Authenticate: Bearer resource_metadata="…".',
    ],
  })
}

/** The address of metadata that the resource itself names when it is asked without a token. */
async function challengeOf(context: RunContext, address: string): Promise<string | undefined> {
  const response = await context.fetch(address, {
    purpose: 'resource',
    party: 'resource-server',
    headers: { accept: '*/*' },
  })
  await response.arrayBuffer()
  const header = response.headers.get('www-authenticate') ?? ''
  const named = /\bresource_metadata\s*=\s*(?:"([^"\\]{1,2000})"|([^\s,"]{1,2000}))/i.exec(header)
  const url = named?.[1] ?? named?.[2]
  if (response.status !== 401) return undefined
  // SECURITY: only an http or https address is asked, whatever the answer names.
  return url && /^https?:$/.test(URL.parse(url)?.protocol ?? '') ? url : undefined
}

/** Every place, the challenge's first; a resource that names its origin has its metadata at the root. */
function locationsOf(address: string, challenged: string | undefined): MetadataLocation[] {
  const { origin, pathname, search } = new URL(address)
  const wellKnown = `${origin}/.well-known/oauth-protected-resource`
  const inserted = `${wellKnown}${pathname === '/' ? '' : pathname}${search}`
  const places = [
    ...(challenged ? [{ url: challenged, specification: 'RFC 9728 §5.1' }] : []),
    { url: inserted, specification: 'RFC 9728 §3.1' },
    { url: wellKnown, specification: 'RFC 9728 §3.1' },
  ]
  return places.filter(({ url }, index) => places.findIndex((other) => other.url === url) === index)
}

/** A document of the same origin is shown, even when it names another path: a finding says so. */
function isOfOrigin(named: string, address: string): boolean {
  return URL.parse(named)?.origin === new URL(address).origin
}

/** The identifier a document is held against: the resource itself, or what lies above it when the document is there. */
function askedAs(address: string, { resource }: JsonObject, location: MetadataLocation): string {
  const isAbove = typeof resource === 'string' && address.startsWith(resource.endsWith('/') ? resource : `${resource}/`)
  const isRoot = new URL(location.url).pathname === '/.well-known/oauth-protected-resource'
  return isAbove && isRoot ? resource : address
}

/** The issuers a resource names, each once, bounded. */
export function issuersOf({ document }: FoundResource): string[] {
  const listed = Array.isArray(document.authorization_servers) ? document.authorization_servers : []
  const issuers = listed.filter((one): one is string => typeof one === 'string' && URL.canParse(one))
  return [...new Set(issuers)].slice(0, 5)
}
