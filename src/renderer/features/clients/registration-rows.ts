import type { Registration } from '../../../contract/registration.ts'

/** A registration in the list. */
export interface RegistrationRow {
  id: string
  registration: Registration
  /** it is at the server of the profile in use, so that something can be done about it there */
  isOfServer: boolean
}

/** What a state is called. */
export const stateWords: Record<Registration['state'], string> = {
  registered: 'registered',
  unknown: 'unknown: look',
  gone: 'gone',
}

/** The inventory as rows; with `isOnlyOfServer` those at other servers are left out. */
export function registrationRowsOf(
  list: readonly Registration[],
  issuer: string,
  isOnlyOfServer: boolean,
): RegistrationRow[] {
  const rows = list.map((registration) => ({
    id: registration.id,
    registration,
    isOfServer: registration.issuer === issuer,
  }))
  return rows.filter(({ isOfServer }) => isOfServer || !isOnlyOfServer)
}

/** What a column sorts by. */
export function registrationTextOf({ registration }: RegistrationRow, column: string): string {
  const texts: Record<string, string | null | undefined> = {
    name: registration.title,
    state: registration.state,
    at: registration.registeredAt,
    profile: registration.profile,
    expires: registration.clientSecretExpiresAt,
  }
  return texts[column] ?? ''
}

/** Those that a clean-up would delete: at this server, and not gone as far as anybody knows. */
export function cleanable(rows: readonly RegistrationRow[]): RegistrationRow[] {
  return rows.filter(({ registration, isOfServer }) => isOfServer && registration.state !== 'gone')
}
