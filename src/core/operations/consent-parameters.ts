import type { ParameterDescription } from '../../contract/description.ts'

/** The consent that waits. */
export const consentToken: ParameterDescription = {
  name: 'consent_token',
  title: 'Consent token',
  type: 'secret',
  hint: 'The token of the consent page, or the whole address of that page, which carries it.',
  required: true,
}

/** What becomes of the answer. */
export const follow: ParameterDescription = {
  name: 'follow',
  title: 'Go back to the client',
  type: 'boolean',
  hint: 'Opens the redirect address as the browser would when it is on this machine; others are only shown.',
  section: 'RFC 8252 §7.3',
  default: true,
  advanced: true,
}
