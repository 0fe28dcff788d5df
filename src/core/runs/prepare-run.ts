import type { OperationDescription, ParameterValues } from '../../contract/description.ts'
import type { StartRun } from '../../contract/engine.ts'
import type { Profile } from '../../contract/profile.ts'
import type { Settings } from '../../contract/settings.ts'
import { connectionDigestOf } from '../http/connection-digest.ts'
import { readConnectionSettings, type ConnectionSettings } from '../http/connection-settings.ts'
import type { EnginePorts } from '../ports.ts'
import { requireConfirmation } from './require-confirmation.ts'
import { resolveParameters, type ResolvedParameters, type ResolveSecrets } from './resolve-parameters.ts'
import { createSecretGuard, type SecretGuard } from './secret-guard.ts'
import { placeOfSecret } from './secret-places.ts'

/** What preparing a run needs of the engine. */
export interface PreparingParts {
  ports: Pick<EnginePorts, 'vault' | 'clock'>
  settings: { read(): Promise<Pick<Settings, 'proxy' | 'ca_file'>> }
  workspace: { folder(): Promise<string> }
  resolveSecrets: ResolveSecrets
}

/** A run that may begin. */
export interface PreparedRun {
  parameters: ResolvedParameters
  /** absent: the usual connections */
  connection?: ConnectionSettings
  guard: SecretGuard
}

/** What is asked for. */
export interface RunRequest {
  operation: OperationDescription
  profile: Profile | undefined
  input: Pick<StartRun, 'parameters' | 'confirm' | 'allowSecrets'>
}

/**
 * Everything that can stop a run before its first request: parameters, confirmation, files of the connection, and
 * secrets that belong elsewhere. Nothing is sent here.
 * @throws ProblemError of the usage class; confirmation-needed, secret-not-bound, vault-locked
 */
export async function prepareRun(parts: PreparingParts, request: RunRequest): Promise<PreparedRun> {
  const { operation, profile, input } = request
  const given = { ...(profile ? { profile } : {}), explicit: input.parameters }
  const parameters = await resolveParameters(operation, given, parts.resolveSecrets)
  requireConfirmation({ operation, parameters: parameters.clear, profile, confirm: input.confirm })
  const connection = await connectionOf(parts, parameters.clear)
  const proxy = typeof connection?.proxy === 'object' ? connection.proxy.address : undefined
  const secrets = parameters.bound.map((secret) => ({
    ...secret,
    place: placeOfSecret(secret.parameter, parameters.clear, proxy),
  }))
  const guard = await createSecretGuard({
    vault: parts.ports.vault,
    secrets,
    // What somebody gives by hand for one run is theirs to choose; only what the file says is compared.
    connection: profile && (await digestOf(parts, profile.values)),
    allowed: input.allowSecrets === true,
  })
  return { parameters, guard, ...(connection ? { connection } : {}) }
}

async function digestOf({ workspace }: PreparingParts, values: ParameterValues): Promise<string> {
  return connectionDigestOf(values, await workspace.folder())
}

const ofConnection = [
  'headers',
  'proxy',
  'proxy_user',
  'proxy_password',
  'ca_file',
  'client_certificate',
  'client_key',
  'client_key_passphrase',
]

async function connectionOf(parts: PreparingParts, values: ParameterValues): Promise<ConnectionSettings | undefined> {
  const settings = await parts.settings.read()
  const isUsual = ofConnection.every((name) => values[name] === undefined) && values.verify_tls !== false
  if (isUsual && settings.proxy === '' && settings.ca_file === '') return undefined
  const folder = await parts.workspace.folder()
  return readConnectionSettings({ values, settings, folder, now: parts.ports.clock.now() })
}
