import type { ParameterDescription } from '../../../../contract/description.ts'
import type { Profile } from '../../../../contract/profile.ts'

/** What stands at the built-in server for an API to call. */
const path = '/api/hello'

/** The address that an operation's own address field proposes with the built-in profile: its server has an API to call. */
export function proposedAddress(
  { type, required, inProfile }: ParameterDescription,
  profile: Profile | undefined,
): string | undefined {
  const { issuer } = profile?.values ?? {}
  const isOwn = type === 'url' && required === true && !inProfile
  return profile?.builtIn && isOwn && typeof issuer === 'string' ? `${issuer.replace(/\/$/, '')}${path}` : undefined
}
