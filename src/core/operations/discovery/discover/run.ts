import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json, JsonObject } from '../../../../contract/json.ts'
import { boundedDocument } from '../../../protocol/bounded.ts'
import { compareWithFile, compareWithLast, saveSnapshot } from '../../../protocol/compare-metadata.ts'
import { checkCors, reachEndpoints } from '../../../protocol/reach-endpoints.ts'
import { readKeys } from '../../../protocol/read-keys.ts'
import { readMetadata } from '../../../protocol/read-metadata.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import type { Snapshot } from '../../../snapshots/snapshot.ts'

/**
 * Reads the metadata at every location and the keys, compares them with what was read before, and answers the metadata;
 * the whole documents are the exchanges' bodies, what is wrong with them are findings. @see RFC 8414 §3
 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const issuer = String(parameters.issuer)
  const server = await context.step('discover', () => readMetadata(context, issuer, { every: true }))
  const document = server as unknown as JsonObject
  const keys = parameters.keys === false ? undefined : await thumbprintsOf(context, server)
  if (parameters.reach === true) await context.step('reach', () => reachEndpoints(context, server))
  const origin = parameters.cors_origin
  if (typeof origin === 'string') await context.step('cors', () => checkCors(context, server, origin))
  const takenAt = new Date(context.clock.now()).toISOString()
  const now: Snapshot = { issuer, takenAt, document, ...(keys ? { keys } : {}) }
  await context.step('compare', () => compare(context, now, parameters))
  return boundedDocument(document)
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
