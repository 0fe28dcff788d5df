import type { EnginePorts, PlaygroundAccess } from '../ports.ts'

const prefix = 'playground_'
const userPrefix = 'playground_user_'

const inName = (id: string) => id.replaceAll('-', '_')

/** The name under which the secret of a playground client is found: `confidential-post` is `playground_confidential_post`. */
export function playgroundClientSecretName(clientId: string): string {
  return `${prefix}${inName(clientId)}`
}

/** The name under which the password of a playground user is found. */
export function playgroundPasswordName(username: string): string {
  return `${userPrefix}${inName(username)}`
}

/** The name under which the API key of the Telnyx emulator is found. */
export const telnyxApiKeyName = `${prefix}telnyx_api_key`

/** The name under which the secret of the Telnyx emulator's confidential client is found. */
export const telnyxMachineSecretName = `${prefix}telnyx_machine_client_secret`

/** Tells whether a name can only be one of the playground's, so that nothing else makes it start. */
export function isPlaygroundSecretName(name: string): boolean {
  return name.startsWith(prefix)
}

/** The playground's value of a name; starts the playground when the name is one of its names. */
export async function findPlaygroundSecret(ports: Pick<EnginePorts, 'playground'>, name: string) {
  if (!ports.playground || !isPlaygroundSecretName(name)) return undefined
  const value = secretsOf(await ports.playground()).get(name)
  return value === undefined ? undefined : { value }
}

function secretsOf({ clientSecrets, passwords, telnyx }: PlaygroundAccess): Map<string, string> {
  const ofTelnyx: [string, string][] = telnyx
    ? [
        [telnyxApiKeyName, telnyx.api_key],
        [telnyxMachineSecretName, telnyx.machine_client_secret],
      ]
    : []
  return new Map([
    ...ofTelnyx,
    ...Object.entries(passwords).map(([user, value]) => [playgroundPasswordName(user), value] as const),
    ...Object.entries(clientSecrets).map(([client, value]) => [playgroundClientSecretName(client), value] as const),
  ])
}
