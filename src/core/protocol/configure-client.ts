import type { AuthorizationServer } from 'oauth4webapi'
import type { RunContext } from '../runs/run-context.ts'
import type { AuthenticatedClient } from './choose-client-auth.ts'
import { libraryFetch } from './library-options.ts'

const heldSeconds = 86_400

/** openid-client set up for one run: its metadata, its client, the traced fetch, signatures checked. */
export async function configureClient(
  context: RunContext,
  server: AuthorizationServer,
  { client, authenticate }: AuthenticatedClient,
) {
  const library = await import('openid-client')
  // oxlint-disable-next-line typescript/no-misused-promises -- the library awaits it, its type only does not say so
  const configuration = new library.Configuration(server, client.client_id, undefined, authenticate)
  configuration[library.customFetch] = libraryFetch(context, server)
  // A test tool must be able to talk to http servers; that the address is plain http is for a rule to say.
  library.allowInsecureRequests(configuration)
  // The traced fetch has the bound that counts; the library's own would also count the time a request is held.
  configuration.timeout = heldSeconds
  library.enableNonRepudiationChecks(configuration)
  return { library, configuration }
}
