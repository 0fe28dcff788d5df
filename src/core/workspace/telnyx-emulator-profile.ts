import type { ParameterValues } from '../../contract/description.ts'
import type { Profile } from '../../contract/profile.ts'
import type { EnginePorts } from '../ports.ts'
import { problem } from '../problems/problem-error.ts'
import { playgroundPasswordName, telnyxApiKeyName, telnyxMachineSecretName } from '../vault/playground-secrets.ts'

/** The profile of the emulator beside the playground. */
export const telnyxEmulatorProfileName = 'telnyx-emulator'

/** Its title, known without starting it. */
export const telnyxEmulatorTitle = 'Telnyx emulator'

/** How its clients and grants are managed, known without starting it. */
export const telnyxEmulatorVendor = 'telnyx'

/**
 * The profile of the Telnyx emulator; starts the playground. With its confidential client in `explicit`, the reference to
 * that client's secret comes along.
 * @throws ProblemError playground-failed where this host has no emulator
 */
export async function readTelnyxEmulatorProfile(
  ports: Pick<EnginePorts, 'playground'>,
  explicit: ParameterValues = {},
): Promise<Profile> {
  const access = await ports.playground?.()
  if (!access?.telnyx) throw problem('playground-failed', 'There is no Telnyx emulator here.')
  const { issuer, base_url, client_id, machine_client_id } = access.telnyx
  const isMachine = explicit.client_id === machine_client_id
  return {
    name: telnyxEmulatorProfileName,
    title: telnyxEmulatorTitle,
    builtIn: true,
    values: {
      issuer,
      vendor: telnyxEmulatorVendor,
      api_base: base_url,
      api_key: { secret: telnyxApiKeyName },
      client_id,
      redirect_uri: 'http://127.0.0.1:0/callback',
      scope: 'account_management.read messaging.read numbers.read',
      ...(isMachine ? { client_secret: { secret: telnyxMachineSecretName } } : {}),
    },
    users: access.users.map(({ username, title }) => ({
      username,
      title,
      password: { secret: playgroundPasswordName(username) },
    })),
  }
}
