import type { ParameterValues } from '../../../contract/description.ts'
import type { Registration } from '../../../contract/registration.ts'
import { problem, type ProblemError } from '../../problems/problem-error.ts'
import type { RunContext } from '../../runs/run-context.ts'

const section = 'RFC 7592 §2'

/** A registration with what it takes to manage it, in clear. */
export interface ManagedRegistration {
  uri: URL
  token: string
  issuer: string
  clientId: string
  /** the inventory's entry; absent for a client that was given by hand and is not in it yet */
  entry: Registration | undefined
}

/**
 * The registration of a client: where it is managed as given by hand, else as the inventory and the vault know it.
 * @throws ProblemError registration-not-found, not-offered, parameter-missing, parameter-invalid, secret-missing,
 * secret-not-bound, vault-locked
 * @see RFC 7592 §3
 */
export async function managedRegistration(
  context: RunContext,
  parameters: ParameterValues,
): Promise<ManagedRegistration> {
  const issuer = String(parameters.issuer)
  const clientId = String(parameters.client_id)
  const entry = await context.registrations.find(issuer, clientId)
  const byHand = placeByHand(parameters)
  if (byHand) return { ...byHand, issuer, clientId, entry }
  if (!entry) throw notKnown(clientId, issuer)
  return managementOf(context, entry)
}

/** The same for an entry of the inventory. @throws ProblemError not-offered, secret-missing, secret-not-bound, vault-locked */
export async function managementOf(context: RunContext, entry: Registration): Promise<ManagedRegistration> {
  const { management, client_id: clientId, issuer } = entry
  if (!management) throw notManageable(clientId)
  const token = await context.secrets.useSecret(management.token, `The registration access token of ${clientId}`)
  if (token === undefined) throw tokenGone(clientId, management.token)
  return { uri: addressOf(management.registration_client_uri), token, issuer, clientId, entry }
}

function placeByHand({
  registration_client_uri: uri,
  registration_access_token: token,
}: ParameterValues): Pick<ManagedRegistration, 'uri' | 'token'> | undefined {
  if (uri === undefined && token === undefined) return undefined
  if (typeof uri === 'string' && typeof token === 'string') return { uri: addressOf(uri), token }
  const missing = uri === undefined ? 'registration_client_uri' : 'registration_access_token'
  throw problem(
    'parameter-missing',
    `A registration is managed at its address with its token; only one of both is given (${missing}).`,
    { specification: section, fields: [{ name: missing, detail: 'This is needed together with the other one.' }] },
  )
}

/** SECURITY: a password in an address would stand in every message about it. */
function addressOf(value: string): URL {
  const url = URL.parse(value)
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url
  throw problem('parameter-invalid', 'The place where the registration is managed is no http or https address.', {
    specification: section,
    fields: [{ name: 'registration_client_uri', detail: 'This is no address that can be asked.' }],
  })
}

const byHand = 'Give its address and token by hand (registration_client_uri, registration_access_token).'

function notKnown(clientId: string, issuer: string): ProblemError {
  return problem('registration-not-found', `Nothing is known here of a client ${clientId} registered at ${issuer}.`, {
    specification: section,
    whatToDo: ['Check the client and the issuer: grantlab registrations list --all', byHand],
  })
}

function notManageable(clientId: string): ProblemError {
  return problem('not-offered', `The server gave nothing to manage the registration of ${clientId} with.`, {
    specification: section,
    whatToDo: [byHand, 'Or change it where the server lists its clients.'],
  })
}

function tokenGone(clientId: string, name: string): ProblemError {
  return problem('secret-missing', `The registration access token of ${clientId} is no longer kept here (${name}).`, {
    specification: section,
    whatToDo: [
      byHand,
      'Or delete the client where the server lists its clients, then forget it here: grantlab registrations forget ID',
      'A vault that lasts keeps the next one: grantlab vault use passphrase',
    ],
  })
}
