import type { AuthorizationServer, Client, ClientAuth } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import type { ClientAuthMethod } from '../client-auth/client-auth-method.ts'
import { formEncoded } from '../client-auth/form-encoded.ts'
import { clientAuthMethods } from '../client-auth/index.ts'
import { problem } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'

/** A client with the way it proves who it is. */
export interface AuthenticatedClient {
  client: Client
  method: ClientAuthMethod
  authenticate: ClientAuth
}

/**
 * Chooses the client authentication method: the one asked for, else the first of the server's that the client can use;
 * metadata without the list means client_secret_basic. The run says which and why.
 * @throws ProblemError parameter-missing when the method needs a secret and there is none
 * @see RFC 6749 §2.3, RFC 8414 §2 `token_endpoint_auth_methods_supported`
 */
export async function chooseClientAuth(
  context: RunContext,
  server: AuthorizationServer,
  parameters: ParameterValues,
): Promise<AuthenticatedClient> {
  const secret = String(parameters.client_secret ?? '')
  const { method, reason } = choose(String(parameters.client_auth ?? 'auto'), secret !== '', server)
  if (method.needsSecret && secret === '') {
    throw problem('parameter-missing', `${method.id} needs the client secret (client_secret).`, {
      specification: method.section ?? 'RFC 6749 §2.3',
      whatToDo: ['Give the secret, or choose client authentication "none" for a public client.'],
    })
  }
  context.decide({
    subject: 'client authentication',
    choice: method.id,
    reason,
    ...(method.section ? { specification: method.section } : {}),
  })
  const clientId = String(parameters.client_id)
  if (method.registeredAs === 'client_secret_basic') {
    const differs = formEncoded(secret) !== secret || formEncoded(clientId) !== clientId
    context.prove({ name: 'basic.encodingDiffers', holds: differs, facts: { method: method.id } })
  }
  return { client: { client_id: clientId }, method, authenticate: await method.load(secret) }
}

/** A list in metadata may be of any length; the reason names no more of it than this. */
const mostNamed = 20

function choose(asked: string, hasSecret: boolean, server: AuthorizationServer) {
  const named = clientAuthMethods.find(({ id }) => id === asked)
  if (named) return { method: named, reason: 'Chosen by hand.' }
  const byId = (id: string) => clientAuthMethods.find((method) => method.id === id)!
  if (!hasSecret) return { method: byId('none'), reason: 'There is no client secret, so this is a public client.' }
  const listed: unknown = server.token_endpoint_auth_methods_supported
  const offered = Array.isArray(listed) ? listed.slice(0, mostNamed).map(String) : undefined
  if (!offered) {
    return {
      method: byId('client_secret_basic'),
      reason: 'The metadata lists no methods; client_secret_basic is the default then.',
    }
  }
  const method = clientAuthMethods.find(({ id, needsSecret }) => needsSecret && offered.includes(id))
  return method
    ? { method, reason: `The server offers these: ${offered.join(', ')}.` }
    : {
        method: byId('client_secret_basic'),
        reason: `The server offers only these: ${offered.join(', ')}. None of them uses a secret; this one is tried all the same.`,
      }
}
