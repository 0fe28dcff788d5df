import type { Commands } from '../../contract/commands.ts'
import type { ParameterValues } from '../../contract/description.ts'
import type { Profile } from '../../contract/profile.ts'
import type { Registration } from '../../contract/registration.ts'
import { clientAuthMethods } from '../client-auth/index.ts'
import type { CommandContext } from '../commands/command.ts'
import { connectionParameters } from '../operations/connection-parameters.ts'
import { endpointParameters } from '../operations/endpoint-parameters.ts'
import { problem, ProblemError } from '../problems/problem-error.ts'

/** How the server and its management API are reached, as far as a profile says it. */
const ofServer = [
  ...[...connectionParameters, ...endpointParameters].map(({ name }) => name),
  'vendor',
  'api_base',
  'api_key',
]
const loopback = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/

/**
 * Writes a profile that signs in with a registered client and notes it in the inventory.
 * @throws ProblemError registration-not-found, parameter-invalid for one that is not there, and those of saving a profile
 */
export async function makeProfile(
  { registrations, workspace }: Pick<CommandContext, 'registrations' | 'workspace'>,
  { id, name, title, production }: Commands['registrations make-profile']['parameters'],
): Promise<Profile> {
  const registration = await registrations.get(id)
  if (registration.state !== 'registered' || registration.client_id === '') throw notThere(registration)
  const made = await madeWith(workspace, registration)
  const values = { ...made, ...clientValues(registration) }
  const saved = await workspace.saveProfile({ name, title: title ?? registration.title, values, production })
  await registrations.change(id, (now) => ({ ...now, profiles: [...new Set([...now.profiles, name])] }))
  return saved
}

/** What the profile it was made with says of the server; nothing of it goes to another one. */
async function madeWith(
  workspace: CommandContext['workspace'],
  { profile, issuer }: Registration,
): Promise<ParameterValues> {
  const values = profile === null ? {} : await valuesOf(workspace, profile)
  // SECURITY: headers, keys and proxies of one server are no business of another.
  if (values.issuer !== issuer && values.api_base !== issuer) return { issuer }
  const kept = ofServer.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const]))
  return { issuer: values.issuer ?? issuer, ...Object.fromEntries(kept) }
}

async function valuesOf(workspace: CommandContext['workspace'], profile: string): Promise<ParameterValues> {
  try {
    return (await workspace.resolveProfile(profile)).values
  } catch (error) {
    // It may be gone since; what the registration says is enough then.
    if (error instanceof ProblemError && error.problem.code === 'profile-not-found') return {}
    throw error
  }
}

function clientValues({ client_id: clientId, client, clientSecret }: Registration): ParameterValues {
  const method = clientAuthMethods.find(({ registeredAs }) => registeredAs === client?.token_endpoint_auth_method)
  const redirectUri = redirectUriOf(client?.redirect_uris ?? [], client?.further.application_type === 'native')
  return {
    client_id: clientId,
    ...(clientSecret === undefined ? {} : { client_secret: { secret: clientSecret } }),
    ...(method ? { client_auth: method.id } : {}),
    ...(redirectUri === undefined ? {} : { redirect_uri: redirectUri }),
    ...(client?.scope ? { scope: client.scope } : {}),
  }
}

/** A loopback address first, as it can be listened at; any free port where the port means nothing. @see RFC 8252 §7.3 */
function redirectUriOf(registered: string[], isNative: boolean): string | undefined {
  const uri = registered.find((one) => loopback.test(URL.parse(one)?.hostname ?? '')) ?? registered[0]
  const url = uri === undefined ? null : URL.parse(uri)
  if (!url || url.protocol !== 'http:' || !loopback.test(url.hostname)) return uri
  if (url.port !== '' && !isNative) return uri
  url.port = '0'
  return url.href
}

function notThere({ state, title }: Registration): ProblemError {
  return state === 'gone'
    ? problem('parameter-invalid', `The client ${title} is gone, so no profile can sign in with it.`, {
        whatToDo: ['Register it again.'],
      })
    : problem('parameter-invalid', `Nobody knows whether the client ${title} was registered: the answer never came.`, {
        whatToDo: ['Look at the server. If it is there, delete it, then register again.'],
      })
}
