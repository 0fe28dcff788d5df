import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json, JsonObject } from '../../../../contract/json.ts'
import { problem } from '../../../problems/problem-error.ts'
import { boundedDocument } from '../../../protocol/bounded.ts'
import { compareWithFile, compareWithLast, saveSnapshot } from '../../../protocol/compare-metadata.ts'
import { discoverMetadata } from '../../../protocol/discover-metadata.ts'
import { checkCors, reachEndpoints } from '../../../protocol/reach-endpoints.ts'
import { readKeys } from '../../../protocol/read-keys.ts'
import { isByHand, withEndpointsByHand } from '../../../protocol/read-metadata.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import type { Snapshot } from '../../../snapshots/snapshot.ts'

/**
 * Reads the metadata at every location and the keys, compares them with what was read before, and answers the metadata;
 * the whole documents are the exchanges' bodies, what is wrong with them are findings. @see RFC 8414 §3
 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const issuer = String(parameters.issuer)
  const { said, server } = await context.step('discover', () => readServer(context, parameters))
  const keys = parameters.keys === false ? undefined : await thumbprintsOf(context, server)
  if (parameters.reach === true) await context.step('reach', () => reachEndpoints(context, server))
  const origin = parameters.cors_origin
  if (typeof origin === 'string') await context.step('cors', () => checkCors(context, server, origin))
  const document = server as unknown as JsonObject
  if (!said) return boundedDocument(document)
  const takenAt = new Date(context.clock.now()).toISOString()
  const facts = { issuer, takenAt, document: said as unknown as JsonObject, ...(keys ? { keys } : {}) }
  // SECURITY: a server may repeat a secret that it was sent; a snapshot is a file, and may be somebody's own.
  const now: Snapshot = context.masked(facts)
  await context.step('compare', () => compare(context, now, parameters))
  return boundedDocument(document)
}

/** What the server says, if it is asked, and the same with the endpoints given by hand over it. */
async function readServer(context: RunContext, parameters: ParameterValues) {
  const issuer = String(parameters.issuer)
  // What a person typed is nothing that a server said: a comparison that compares nothing must not pass.
  if (isByHand(parameters) && (parameters.against ?? parameters.save) !== undefined) {
    throw problem('parameter-invalid', 'With metadata by-hand the server says nothing that could be saved or compared.')
  }
  const said = isByHand(parameters) ? undefined : await discoverMetadata(context, issuer, { every: true })
  return { said, server: withEndpointsByHand(context, said, parameters) }
}

/** The keys by what they are, not by their names; undefined when there is no address to read them from. */
async function thumbprintsOf(context: RunContext, server: AuthorizationServer): Promise<string[] | undefined> {
  const address = typeof server.jwks_uri === 'string' ? URL.parse(server.jwks_uri) : null
  if (!address || !/^https?:$/.test(address.protocol)) return undefined
  const { keys } = await context.step('keys', () => readKeys(context, address.href))
  return keys.flatMap(({ thumbprint }) => thumbprint ?? [])
}

async function compare(context: RunContext, now: Snapshot, { against, save }: ParameterValues): Promise<void> {
  await compareWithLast(context, now)
  if (typeof save === 'string') await saveSnapshot(context, now, save)
  if (typeof against === 'string') await compareWithFile(context, now, against)
}
