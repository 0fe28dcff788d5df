import type { RunContext } from '../../runs/run-context.ts'
import { type ClientInformation, readClientInformation } from './client-information.ts'
import type { ManagedRegistration } from './managed-registration.ts'
import { rememberInformation, type RememberedClient } from './remember-information.ts'
import { requestManagement } from './request-management.ts'

/** What reading a registration answers. */
export interface ReadClient extends RememberedClient {
  information: ClientInformation
}

/**
 * Reads a registration; a new token that the server gives is kept.
 * @throws ProblemError management-refused, response-unexpected, vault-locked before anything is sent
 * @see RFC 7592 §2.1
 */
export async function readRegistration(context: RunContext, managed: ManagedRegistration): Promise<ReadClient> {
  await context.secrets.requireVault()
  const purpose = 'registration-read'
  const response = await requestManagement(context, managed, { method: 'GET', purpose })
  const information = await readClientInformation(context, {
    purpose,
    response,
    code: 'management-refused',
    what: 'The server of the registration',
    specification: 'RFC 7592 §2.1',
    expected: 200,
    clientId: managed.clientId,
  })
  return { information, ...(await rememberInformation(context, { managed, information, how: 'read', asked: {} })) }
}
