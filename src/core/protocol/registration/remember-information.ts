import type { ClientRecord, RegisteredClient } from '../../../contract/client-record.ts'
import type { JsonObject } from '../../../contract/json.ts'
import type { Registration } from '../../../contract/registration.ts'
import { ProblemError } from '../../problems/problem-error.ts'
import { toProblem } from '../../problems/to-problem.ts'
import { clientSecretNameOf, managementNameOf } from '../../registrations/registration-secrets.ts'
import type { RunContext } from '../../runs/run-context.ts'
import { originOf } from '../../runs/secret-places.ts'
import { boundedDocument } from '../bounded.ts'
import type { ClientInformation } from './client-information.ts'
import { clientRecordOf } from './client-record-of.ts'
import type { ManagedRegistration } from './managed-registration.ts'
import { type GivenManagement, managementIn } from './management-place.ts'

/** What a server said about a registration that is there already. */
export interface Remembered {
  managed: ManagedRegistration
  information: ClientInformation
  how: RegisteredClient['how']
  /** what was asked for; empty when it was only read */
  asked: JsonObject
}

/** A client with what it takes to manage it from now on. */
export interface RememberedClient {
  client: ClientRecord
  managed: ManagedRegistration
}

/**
 * Keeps what the server said: a new registration access token takes the place of the old one in the vault before anything
 * else happens, then a new secret; then the inventory is written and `client.registered` recorded.
 * @throws ProblemError vault-locked and data-folder-failed, after everything else was done
 * @see RFC 7592 §3
 */
export async function rememberInformation(context: RunContext, remembered: Remembered): Promise<RememberedClient> {
  const { managed, information, how, asked } = remembered
  const { document, exchange } = information
  const entry = managed.entry ?? newEntry(context, managed)
  const trusted = [managed.uri.origin, originOf(managed.issuer)]
  const management = managementIn(context, document, trusted)
  const { secrets, unkept } = await keepSecrets(context, { entry, management, document })
  const told = boundedDocument(document)
  const client = clientRecordOf({ ...told, client_id: document.client_id! })
  // SECURITY: what a server says may repeat a secret; the inventory is a file.
  const masked = context.masked(client)
  const next = (now: Registration): Registration => ({
    ...withoutExpiry(now),
    ...secrets,
    client_id: client.client_id,
    title: masked.client_name ?? now.title,
    state: 'registered',
    client: masked,
    readAt: new Date(context.clock.now()).toISOString(),
    ...(client.client_secret_expires_at === undefined
      ? {}
      : { clientSecretExpiresAt: client.client_secret_expires_at }),
  })
  const kept = (await context.registrations.change(entry.id, next)) ?? next(entry)
  if (!managed.entry) await context.registrations.save(kept)
  const clientSecret = secrets.clientSecret ?? entry.clientSecret
  context.registered({
    how,
    exchange,
    vendor: entry.vendor,
    registration: entry.id,
    asked: boundedDocument(asked),
    registered: told,
    client,
    ...(clientSecret === undefined ? {} : { keptSecret: clientSecret }),
    isManageable: (secrets.management ?? entry.management) !== undefined,
  })
  if (unkept !== undefined) throw notKept(unkept)
  return { client, managed: { ...managed, entry: kept, ...placeOf(management, trusted) } }
}

/** Where it is managed now; another server's place is used only when the inventory is asked again, which asks a person. */
function placeOf(
  management: GivenManagement | undefined,
  trusted: readonly (string | undefined)[],
): Partial<ManagedRegistration> {
  if (!management) return {}
  const { token, registration_client_uri: uri } = management
  return { token, ...(trusted.includes(originOf(uri)) ? { uri: new URL(uri) } : {}) }
}

function withoutExpiry({ clientSecretExpiresAt: _expiry, ...registration }: Registration): Registration {
  return registration
}

/** SECURITY: nothing of the token that was given by hand is kept; what the server gives in its place is. */
function newEntry(context: RunContext, { issuer, clientId }: ManagedRegistration): Registration {
  return {
    id: Buffer.from(context.random.bytes(4)).toString('hex'),
    isOwn: false,
    vendor: 'rfc7592',
    issuer,
    profile: context.profile,
    client_id: clientId,
    title: clientId,
    registeredAt: new Date(context.clock.now()).toISOString(),
    state: 'registered',
    profiles: [],
  }
}

interface Given {
  entry: Registration
  management: GivenManagement | undefined
  document: JsonObject
}

/** The vault before everything else: the server may have forgotten the old token already. */
async function keepSecrets(
  context: RunContext,
  { entry, management, document: { client_secret: secret } }: Given,
): Promise<{ secrets: Pick<Registration, 'management' | 'clientSecret'>; unkept?: unknown }> {
  const secrets: Pick<Registration, 'management' | 'clientSecret'> = {}
  try {
    if (management) {
      const { token: value, origins, registration_client_uri } = management
      const token = entry.management?.token ?? managementNameOf(entry.id)
      await context.secrets.keepSecret({ name: token, value, origins })
      secrets.management = { registration_client_uri, token }
    }
    if (typeof secret === 'string' && secret !== '') {
      secrets.clientSecret = await keepClientSecret(context, entry, secret)
    }
    return { secrets }
  } catch (error) {
    return { secrets, unkept: error }
  }
}

/** A secret that was replaced goes where the one before it went; a new one to the issuer, whose endpoints join at first use. */
async function keepClientSecret(context: RunContext, entry: Registration, value: string): Promise<string> {
  const name = entry.clientSecret ?? clientSecretNameOf(entry.id)
  const origins = [originOf(entry.issuer)].filter((origin) => origin !== undefined)
  const home = entry.clientSecret === undefined ? { origins, isSettled: false } : {}
  await context.secrets.keepSecret({ name, value, ...home })
  return name
}

/** It was done, and what the server gave is only in this session's memory. */
function notKept(error: unknown): ProblemError {
  const found = toProblem(error)
  return new ProblemError(
    {
      ...found,
      detail: `${found.detail} It was done at the server, but the token or secret that it gave could not be kept.`,
      whatToDo: ['Reveal it in this run now: it is in memory until Grantlab ends.', ...(found.whatToDo ?? [])],
    },
    error,
  )
}
