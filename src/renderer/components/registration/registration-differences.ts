import type { RegisteredClient } from '../../../contract/client-record.ts'
import { type Difference, differencesOf } from '../../../contract/metadata/differences.ts'

/** What a server made of what it was asked for. */
export interface RegistrationDifferences {
  /** asked for and not there, or there with another value */
  changed: Difference[]
  /** there without having been asked for; without what only an answer can have. @see RFC 7591 §3.2.1 */
  added: Difference[]
}

const ofAnswer = new Set(
  [
    'client_id',
    'client_secret',
    'client_id_issued_at',
    'client_secret_expires_at',
    'registration_client_uri',
    'registration_access_token',
  ].map((member) => `/${member}`),
)

/** The differences between what was asked for and what a server registered, in both cases in the order of the document. */
export function registrationDifferences({
  asked,
  registered,
}: Pick<RegisteredClient, 'asked' | 'registered'>): RegistrationDifferences {
  const all = differencesOf(asked, registered)
  // Nothing was asked for, and nothing is there.
  const isNothing = ({ kind, before }: Difference) => kind === 'removed' && (before === '' || before === '[]')
  return {
    changed: all.filter((one) => one.kind !== 'added' && !isNothing(one)),
    added: all.filter(({ kind, pointer }) => kind === 'added' && !ofAnswer.has(pointer)),
  }
}

/** A member's name as people read it: `jwks › keys`. */
export function nameOfPointer(pointer: string): string {
  return pointer.slice(1).replaceAll('/', ' › ').replaceAll('~1', '/').replaceAll('~0', '~')
}
