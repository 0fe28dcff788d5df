import { renderErrorDocument } from '../pages/error-page.ts'
import { page, redirect, type Answer } from './answer.ts'
import type { ApiRequest } from './api-request.ts'
import { readAuthorizationRequest } from './authorization-request.ts'
import type { ClientStore } from './client-store.ts'
import { redirectUriWith, type Consents } from './consents.ts'
import { isRegisteredRedirectUri } from './redirect-uri.ts'
import type { TelnyxSwitches } from './switches.ts'

/** What the authorization endpoint works with. */
interface AuthorizeParts {
  clients: ClientStore
  consents: Consents
  switches: TelnyxSwitches
}

/**
 * The authorization endpoint: sends the browser to the consent page, or back to the client with an error.
 * SECURITY: nobody is sent to a redirect URI that is not registered; these errors are pages.
 * @see RFC 6749 §4.1.1
 */
export function authorize({ query }: ApiRequest, { clients, consents, switches }: AuthorizeParts): Answer {
  const clientId = query.get('client_id')
  if (!clientId || query.getAll('client_id').length > 1) {
    return refusal(400, 'invalid_request', 'client_id is missing, or there is more than one.')
  }
  const client = clients.get(clientId)
  if (!client) return refusal(404, 'invalid_client', `There is no client ${clientId}.`)
  const redirectUri = query.get('redirect_uri')
  const isGood = redirectUri !== null && query.getAll('redirect_uri').length === 1
  if (!isGood || !isRegisteredRedirectUri(redirectUri, client.redirect_uris)) {
    return refusal(422, 'invalid_redirect_uri', 'redirect_uri is missing or not one of those registered.')
  }
  const state = query.get('state')
  const asked = readAuthorizationRequest(query, client, switches)
  if ('error' in asked) return redirect(redirectUriWith(redirectUri, { ...asked, state }))
  const token = consents.add({ clientId, redirectUri, state, ...asked })
  return redirect(`/portal/consent?consent_token=${token}`)
}

function refusal(status: number, error: string, error_description: string): Answer {
  return page(status, renderErrorDocument({ error, error_description }))
}
