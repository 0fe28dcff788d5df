import type { OperationDescription, ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import { isSecretReference, type Profile } from '../../contract/profile.ts'
import type { SecretBinding } from '../ports.ts'
import type { ResolvedSecret, SecretResolver } from '../vault/secret-resolver.ts'
import { checkParameters } from './check-parameters.ts'

/** Resolves secret names to clear values; one problem names all that are missing. */
export type ResolveSecrets = SecretResolver['resolve']

/** Parameters of a run: in clear for the operation, and as they may be written down. */
export interface ResolvedParameters {
  clear: ParameterValues
  /** the clear values of secret parameters, to be made known to the masker */
  secrets: { value: string; kind: 'secret' | 'password' }[]
  /** those of the vault, with where they may go */
  bound: { parameter: string; name: string; value: string; binding: SecretBinding }[]
}

/**
 * Effective parameters of an operation: explicit ones win over the profile's, these over the defaults; secret
 * references become clear values.
 * @throws ProblemError for a value that does not fit and for missing secrets
 */
export async function resolveParameters(
  operation: OperationDescription,
  given: { profile?: Profile; explicit: ParameterValues },
  resolveSecrets: ResolveSecrets,
): Promise<ResolvedParameters> {
  const inProfile = new Set(operation.parameters.filter((p) => p.inProfile).map(({ name }) => name))
  const fromProfile = Object.entries(given.profile?.values ?? {}).filter(([name]) => inProfile.has(name))
  // An empty text given by hand counts: it takes the profile's value away.
  const explicit = Object.entries(given.explicit).filter(([, value]) => value !== undefined)
  if (inProfile.has('password')) fromProfile.push(...signInAs(given.profile, given.explicit))
  const checked = checkParameters(operation.parameters, Object.fromEntries([...fromProfile, ...explicit]))
  const secretNames = operation.parameters
    .filter(({ name, type }) => type === 'secret' && isSecretReference(checked[name]))
    .filter(({ onlyWhen }) => !onlyWhen || holds(onlyWhen, checked))
    // A vault must not be opened, nor a secret be missing, for what a run does not need.
    .filter(({ neededWhen }) => !neededWhen || neededWhen.some((one) => holds(one, checked)))
    .map(({ name }) => [name, (checked[name] as { secret: string }).secret] as const)
  const values =
    secretNames.length > 0
      ? await resolveSecrets(secretNames.map(([, secret]) => secret))
      : new Map<string, ResolvedSecret>()
  const clear = { ...checked }
  for (const [name, secret] of secretNames) clear[name] = values.get(secret)!.value
  const bound = secretNames.flatMap(([parameter, name]) => {
    const { value, binding } = values.get(name)!
    return binding ? [{ parameter, name, value, binding }] : []
  })
  return { clear, secrets: secretsIn(operation, clear), bound }
}

function holds({ parameter, values }: { parameter: string; values: string[] }, checked: ParameterValues): boolean {
  return values.includes(String(checked[parameter]))
}

/** The test user named, or the profile's first, with the reference to the password kept for that user. */
function signInAs(profile: Profile | undefined, explicit: ParameterValues): [string, Json][] {
  const named = explicit.user ?? profile?.values.user
  const user = named ? profile?.users?.find(({ username }) => username === named) : profile?.users?.[0]
  if (!user) return []
  return [['user', user.username], ...(user.password ? [['password', { ...user.password }] as [string, Json]] : [])]
}

/** What people choose can be guessed: it gets no fingerprint to test guesses with. */
const ofPerson = new Set(['password', 'proxy_password', 'client_key_passphrase'])

function secretsIn(operation: OperationDescription, clear: ParameterValues): ResolvedParameters['secrets'] {
  return operation.parameters.flatMap(({ name, type }) => {
    const value = clear[name]
    if (type !== 'secret' || typeof value !== 'string') return []
    return [{ value, kind: ofPerson.has(name) ? ('password' as const) : ('secret' as const) }]
  })
}
