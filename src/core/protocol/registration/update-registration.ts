import type { JsonObject } from '../../../contract/json.ts'
import type { RunContext } from '../../runs/run-context.ts'
import { type ClientInformation, readClientInformation } from './client-information.ts'
import type { ManagedRegistration } from './managed-registration.ts'
import { rememberInformation, type RememberedClient } from './remember-information.ts'
import { requestManagement, unlessUnknown } from './request-management.ts'

/** What an update must not carry. @see RFC 7592 §2.2 */
const ofServer = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
]

/** A change of a registration. */
export interface RegistrationUpdate {
  managed: ManagedRegistration
  /** all metadata that the client is to have */
  metadata: JsonObject
}

/**
 * The metadata of a client with a change over it: an empty value takes a member away. What only the server says is left
 * out; the secret stays as the server said it, as nothing else is allowed there.
 * @see RFC 7592 §2.2
 */
export function changedMetadata(registered: JsonObject, change: JsonObject): JsonObject {
  const { client_secret: _secret, ...given } = change
  const isTaken = (name: string) => Object.hasOwn(given, name) && isEmpty(given[name])
  const entries = Object.entries({ ...registered, ...given })
  return Object.fromEntries(entries.filter(([name]) => !ofServer.includes(name) && !isTaken(name)))
}

function isEmpty(value: unknown): boolean {
  return value === '' || value === null || (Array.isArray(value) && value.length === 0)
}

/**
 * Replaces the metadata of a registration with all that is given; a new token that the server gives is kept at once.
 * @throws ProblemError management-refused with fields, outcome-unknown, vault-locked before anything is sent
 * @see RFC 7592 §2.2
 */
export async function updateRegistration(
  context: RunContext,
  { managed, metadata }: RegistrationUpdate,
): Promise<RememberedClient> {
  await context.secrets.requireVault()
  const body = { ...metadata, client_id: managed.clientId }
  const information = await send(context, managed, body)
  return rememberInformation(context, { managed, information, how: 'sent', asked: metadata })
}

async function send(context: RunContext, managed: ManagedRegistration, body: JsonObject): Promise<ClientInformation> {
  const purpose = 'registration-update'
  try {
    const response = await requestManagement(context, managed, { method: 'PUT', purpose, body })
    return await readClientInformation(context, {
      purpose,
      response,
      code: 'management-refused',
      what: 'The server of the registration',
      specification: 'RFC 7592 §2.2',
      expected: 200,
      clientId: managed.clientId,
    })
  } catch (error) {
    throw unlessUnknown(error, 'the registration was changed')
  }
}
