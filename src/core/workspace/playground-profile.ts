import type { ParameterValues } from '../../contract/description.ts'
import type { Profile } from '../../contract/profile.ts'
import type { EnginePorts } from '../ports.ts'
import { problem } from '../problems/problem-error.ts'
import { playgroundClientSecretName, playgroundPasswordName } from '../vault/playground-secrets.ts'

/** The one profile that always exists. */
export const playgroundProfileName = 'playground'

/** Its title, known without starting it. */
export const playgroundTitle = 'Playground'

const publicClient = 'public'

/**
 * The playground's profile; starts the playground. With another of its clients in `explicit`, the reference to that
 * client's secret comes along.
 * @throws ProblemError playground-failed where this host has no playground
 */
export async function readPlaygroundProfile(
  ports: Pick<EnginePorts, 'playground'>,
  explicit: ParameterValues = {},
): Promise<Profile> {
  if (!ports.playground) throw problem('playground-failed', 'There is no playground here.')
  const { issuer, users, clientSecrets } = await ports.playground()
  const client = explicit.client_id
  const hasSecret = typeof client === 'string' && Object.hasOwn(clientSecrets, client)
  return {
    name: playgroundProfileName,
    title: playgroundTitle,
    builtIn: true,
    values: {
      issuer,
      client_id: publicClient,
      redirect_uri: 'http://127.0.0.1:0/callback',
      scope: 'openid profile email offline_access api:read',
      ...(hasSecret ? { client_secret: { secret: playgroundClientSecretName(client) } } : {}),
    },
    users: users.map(({ username, title }) => ({
      username,
      title,
      password: { secret: playgroundPasswordName(username) },
    })),
  }
}
