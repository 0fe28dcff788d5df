import type { Registration } from '../../contract/registration.ts'

/** The name in the vault of a registered client's secret, by the registration's id. */
export function clientSecretNameOf(id: string): string {
  return `registered_${id}_client_secret`
}

/** The name in the vault of a registration access token, by the registration's id. @see RFC 7592 §3 */
export function managementNameOf(id: string): string {
  return `registered_${id}_management`
}

/** All names that a registration may have in the vault: a killed process may have kept one that no list names. */
export function secretNamesOf({ id, clientSecret, management }: Registration): string[] {
  const all = [clientSecretNameOf(id), managementNameOf(id), clientSecret, management?.token]
  return [...new Set(all.filter((name) => name !== undefined))]
}
