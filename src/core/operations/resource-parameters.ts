import type { ParameterDescription } from '../../contract/description.ts'

/** A token given by hand. */
export const accessToken: ParameterDescription = {
  name: 'access_token',
  title: 'Access token',
  type: 'secret',
  hint: 'Left empty, the one kept for this profile and user is taken.',
  section: 'RFC 6750 §2.1',
}

/** Whose kept token. */
export const tokenUser: ParameterDescription = {
  name: 'user',
  title: 'Test user',
  type: 'text',
  hint: 'Whose kept token to take, when more than one user signed in.',
  advanced: true,
}

/** Which kept token. */
export const tokenScope: ParameterDescription = {
  name: 'scope',
  title: 'Scope',
  type: 'words',
  hint: 'Take a kept token that was got for this scope.',
  section: 'RFC 6749 §3.3',
  advanced: true,
}

/** Whether a kept token is renewed by itself. */
export const autoRefresh: ParameterDescription = {
  name: 'auto_refresh',
  title: 'Refresh when needed',
  type: 'boolean',
  hint: 'Renews a kept token that ends within a minute or is refused with 401; off, it is sent as it is.',
  section: 'RFC 6749 §6',
  default: true,
  inProfile: true,
  advanced: true,
}
