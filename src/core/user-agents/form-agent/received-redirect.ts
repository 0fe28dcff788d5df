import type { NameValue } from '../../../contract/json.ts'
import {
  hasResponseParameter,
  matchesRedirectUri,
  pairsOf,
  withoutRegistered,
  type RedirectTarget,
} from '../../redirects/match-redirect-uri.ts'
import type { ReceivedRedirect } from '../user-agent.ts'

/**
 * Reads an address as the authorization response when it is the redirect URI: its query's parameters, or the
 * fragment's when the query holds none of a response.
 */
export function redirectOfAddress(target: RedirectTarget, address: URL, via: string): ReceivedRedirect | undefined {
  if (!matchesRedirectUri(target, address)) return undefined
  const query = [...address.searchParams]
  const fragment = pairsOf(address.hash.slice(1))
  const inFragment = !hasResponseParameter(withoutRegistered(target, query)) && hasResponseParameter(fragment)
  return { url: address.href, method: 'GET', parameters: inFragment ? fragment : query, via }
}

/** Reads a form's POST as the authorization response when it goes to the redirect URI. */
export function redirectOfForm(
  target: RedirectTarget,
  form: { url: URL; parameters: NameValue[] },
  via: string,
): ReceivedRedirect | undefined {
  if (!matchesRedirectUri(target, form.url)) return undefined
  return { url: target.uri, method: 'POST', parameters: form.parameters, via }
}
