import type { AuthorizationServer } from 'oauth4webapi'
import type { ClientRecord } from '../../../contract/client-record.ts'
import type { ParameterValues } from '../../../contract/description.ts'
import type { JsonObject } from '../../../contract/json.ts'
import { aroundCreate, type CreateAnswer } from '../../registrations/around-create.ts'
import type { RunContext } from '../../runs/run-context.ts'
import { endpointOriginsOf, originOf } from '../../runs/secret-places.ts'
import { boundedDocument } from '../bounded.ts'
import { libraryFetch } from '../library-options.ts'
import { endpointOf } from '../token-request.ts'
import { clientRecordOf } from './client-record-of.ts'
import { type ClientInformation, readClientInformation } from './client-information.ts'
import { managementIn } from './management-place.ts'
import { completeMetadata } from './complete-metadata.ts'

const section = 'RFC 7591 §3.2'

/** A registration at a server. */
export interface RegistrationOrder {
  server: AuthorizationServer
  /** client metadata by parameter name, with `preset` and `initial_access_token` */
  parameters: ParameterValues
}

/**
 * Registers a client, keeps what the server tells once only in the vault, writes the inventory, and records what was
 * registered beside what was asked for.
 * @throws ProblemError endpoint-missing, vault-locked, registration-refused, outcome-unknown
 * @see RFC 7591 §3.1
 */
export async function registerClient(
  context: RunContext,
  { server, parameters }: RegistrationOrder,
): Promise<ClientRecord> {
  endpointOf(server, 'registration_endpoint')
  const metadata = completeMetadata(context, server, parameters)
  const order = {
    vendor: String(parameters.vendor ?? 'rfc7592'),
    issuer: String(parameters.issuer),
    purpose: 'registration',
    title: String(metadata.client_name ?? 'Client without a name'),
    whereToLook: 'Look at the server, where its clients are listed.',
  }
  return aroundCreate(context, order, async () => {
    const information = await requestRegistration(context, { server, parameters, metadata })
    return answerOf(context, server, { metadata, information })
  })
}

async function requestRegistration(
  context: RunContext,
  { server, parameters, metadata }: RegistrationOrder & { metadata: JsonObject },
): Promise<ClientInformation> {
  const library = await import('oauth4webapi')
  const token = parameters.initial_access_token
  const response = await library.dynamicClientRegistrationRequest(server, metadata, {
    ...(typeof token === 'string' ? { initialAccessToken: token } : {}),
    [library.customFetch]: libraryFetch(context, server),
    // A test tool must be able to talk to http servers; that the address is plain http is for a rule to say.
    [library.allowInsecureRequests]: true,
  })
  return readClientInformation(context, {
    purpose: 'registration',
    code: 'registration-refused',
    what: 'The registration endpoint',
    specification: section,
    response: response as Parameters<typeof readClientInformation>[1]['response'],
    expected: 201,
  })
}

interface Answered {
  metadata: JsonObject
  information: ClientInformation
}

function answerOf(
  context: RunContext,
  server: AuthorizationServer,
  { metadata, information: { exchange, document } }: Answered,
): CreateAnswer {
  const told = boundedDocument(document)
  const origins = [originOf(server.issuer), ...endpointOriginsOf(server as unknown as JsonObject)]
  const ofServer = [...new Set(origins.filter((origin) => origin !== undefined))]
  const trusted = [originOf(server.registration_endpoint), originOf(server.issuer)]
  const management = managementIn(context, document, trusted)
  const { client_secret: secret } = document
  return {
    exchange,
    asked: boundedDocument(metadata),
    registered: told,
    client: clientRecordOf({ ...told, client_id: document.client_id! }),
    ...(typeof secret === 'string' && secret !== '' ? { clientSecret: { value: secret, origins: ofServer } } : {}),
    ...(management ? { management } : {}),
  }
}
