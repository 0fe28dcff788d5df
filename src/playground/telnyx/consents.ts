import { randomBytes, randomUUID } from 'node:crypto'
import type Provider from 'oidc-provider'
import { RecordStore, RecordStoreFullError } from '../authorization-server/record-store.ts'
import { invalidConsentToken, storeFull } from './api-error.ts'
import type { Challenge } from './authorization-request.ts'
import type { ClientStore, OAuthClient } from './client-store.ts'

/** An authorization request that waits for somebody's decision. */
export interface Consent {
  clientId: string
  redirectUri: string
  scopes: string[]
  state: string | null
  challenge: Challenge | undefined
}

const consentSeconds = 600
const consentLimit = 10_000

/** The consents that nobody has decided yet. Each is decided once, within ten minutes. */
export class Consents {
  readonly #records = new RecordStore<Consent>(consentLimit)
  readonly #provider: Provider
  readonly #clients: ClientStore

  constructor(provider: Provider, clients: ClientStore) {
    this.#provider = provider
    this.#clients = clients
  }

  /**
   * Keeps a consent; answers its token.
   * @throws ApiError 503 when there is no room.
   */
  add(payload: Consent): string {
    const key = randomBytes(32).toString('base64url')
    try {
      this.#records.put({ key, payload, expiresInSeconds: consentSeconds, groups: [] })
    } catch (error) {
      if (error instanceof RecordStoreFullError) throw storeFull('open consents', consentLimit)
      throw error
    }
    return key
  }

  /**
   * The consent of a token, with its client.
   * @throws ApiError 422 when it is unknown, too old or decided, or its client is gone.
   */
  find(token: string): { consent: Consent; client: OAuthClient } {
    const consent = this.#records.get(token)
    const client = consent && this.#clients.get(consent.clientId)
    if (!consent || !client) throw invalidConsentToken()
    return { consent, client }
  }

  /**
   * Decides for an account; answers where the browser goes. Approving makes a grant and a code.
   * @throws ApiError 422 as `find`.
   */
  async decide(token: string, decision: { allowed: boolean; accountId: string }): Promise<string> {
    const { consent } = this.find(token)
    // SECURITY: gone before anything is waited for, so that two decisions at once cannot both count.
    this.#records.delete(token)
    const answer: Record<string, string> = decision.allowed
      ? { code: await this.#issueCode(consent, decision.accountId) }
      : { error: 'access_denied', error_description: 'the resource owner denied the request' }
    return redirectUriWith(consent.redirectUri, { ...answer, state: consent.state })
  }

  async #issueCode(consent: Consent, accountId: string): Promise<string> {
    const { AuthorizationCode, Client, Grant } = this.#provider
    const { clientId, redirectUri, scopes, challenge } = consent
    const client = await Client.find(clientId)
    if (!client) throw invalidConsentToken()
    const scope = scopes.join(' ')
    const grant = new Grant({ accountId, clientId })
    grant.jti = randomUUID()
    if (scope !== '') grant.addOIDCScope(scope)
    const grantId = await grant.save()
    const authTime = Math.floor(Date.now() / 1000)
    return new AuthorizationCode({
      accountId,
      client,
      grantId,
      redirectUri,
      scope,
      authTime,
      gty: 'authorization_code',
      ...challenge,
    }).save()
  }
}

/** The redirect URI with the answer in its query; what is null is left out. @see RFC 6749 §4.1.2 */
export function redirectUriWith(redirectUri: string, answer: Record<string, string | null>): string {
  const url = new URL(redirectUri)
  const given = Object.entries(answer).filter((entry): entry is [string, string] => entry[1] !== null)
  const added = new URLSearchParams(given).toString()
  // What the client registered stays as it is, byte by byte.
  return `${redirectUri}${url.search === '' && !redirectUri.endsWith('?') ? '?' : '&'}${added}`
}
