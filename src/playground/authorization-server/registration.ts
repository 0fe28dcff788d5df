import { errors, type ClientMetadata, type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import type Provider from 'oidc-provider'
import { clientGroup, type Records } from './record-adapter.ts'

/** How clients register themselves. Times are in seconds. */
export interface RegistrationOptions {
  /** What a registration request has to bring as its Bearer token; left out: anybody registers. @see RFC 7591 §3 */
  initialAccessToken?: string | undefined
  /** Life of the secret of a registered client; left out: it lasts. @see RFC 7591 §3.2.1 client_secret_expires_at */
  clientSecretSeconds?: number | undefined
}

type Features = NonNullable<Configuration['features']>

/** Registration, and its management with a registration access token that changes at each update. @see RFC 7591, RFC 7592 */
export function registrationFeatures({
  initialAccessToken = '',
}: RegistrationOptions): Pick<Features, 'registration' | 'registrationManagement'> {
  return {
    registration: { enabled: true, initialAccessToken: initialAccessToken || false },
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
  }
}

/** What of the configuration beside the features concerns registration. */
export function registrationSettings(
  options: RegistrationOptions,
): Pick<Configuration, 'extraClientMetadata' | 'fetch'> {
  const { clientSecretSeconds } = options
  return {
    // SECURITY: whoever registers names addresses (sector_identifier_uri); this server asks nobody outside of it.
    fetch: () => Promise.reject(new errors.InvalidClientMetadata('the playground fetches nothing from elsewhere')),
    ...(clientSecretSeconds === undefined
      ? {}
      : {
          extraClientMetadata: {
            properties: ['client_secret_expires_at'],
            validator: (...[ctx, , value, metadata]) => setSecretExpiry(ctx, { value, metadata, clientSecretSeconds }),
          },
        }),
  }
}

/** oidc-provider gives each new secret the expiry 0; only there, in a registration or an update, another one is put. */
function setSecretExpiry(
  ctx: KoaContextWithOIDC | undefined,
  { value, metadata, clientSecretSeconds }: { value: unknown; metadata: ClientMetadata; clientSecretSeconds: number },
): void {
  if (!ctx || value !== 0) return
  metadata.client_secret_expires_at = Math.floor(Date.now() / 1000) + clientSecretSeconds
}

/** Lets a deleted client take with it its grants, its codes and its tokens. @see RFC 7592 §2.3 */
export function endWithClient(provider: Provider, records: Records): void {
  provider.on('registration_delete.success', (_ctx, { clientId }) => {
    for (const key of records.keysOf(clientGroup(clientId))) records.delete(key)
  })
}
