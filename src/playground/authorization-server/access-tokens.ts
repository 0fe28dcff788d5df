import { createLocalJWKSet, errors as joseErrors, jwtVerify, type JWK, type JWTPayload } from 'jose'
import type { AdapterPayload } from 'oidc-provider'
import { keyOf, putRecord, type Records } from './record-adapter.ts'

/** The claims of a JWT access token of this server. @see RFC 9068 §2.2 */
export interface AccessTokenClaims extends JWTPayload {
  sub: string
  jti: string
  exp: number
  client_id: string
  scope?: string
}

/** Whether an access token is good, and if not why, in words that may go into an error_description. */
type AccessTokenVerdict = { active: true; claims: AccessTokenClaims } | { active: false; why: string }

/** What oidc-provider tells about a JWT access token that it has issued (it does not store these itself). */
interface IssuedAccessToken {
  jti: string
  clientId?: string | undefined
  accountId?: string | undefined
  grantId?: string | undefined
}

/**
 * Checks, remembers and revokes the JWT access tokens of one playground. A user's token is active while its record is
 * there (so revoking the grant ends it); a client's own token is active while there is the client, unless it was revoked.
 */
export class AccessTokens {
  readonly #issuer: string
  readonly #audiences: string[]
  readonly #keys: ReturnType<typeof createLocalJWKSet>
  readonly #records: Records
  readonly #lifeSeconds: number
  readonly #isClient: (clientId: string) => boolean

  constructor(options: {
    issuer: string
    audiences: string[]
    publicKeys: JWK[]
    records: Records
    lifeSeconds: number
    /** whether there is, or still is, a client of this id */
    isClient: (clientId: string) => boolean
  }) {
    this.#issuer = options.issuer
    this.#audiences = options.audiences
    this.#keys = createLocalJWKSet({ keys: options.publicKeys })
    this.#records = options.records
    this.#lifeSeconds = options.lifeSeconds
    this.#isClient = options.isClient
  }

  /** Remembers a token that was issued to a resource owner's client. */
  remember(token: IssuedAccessToken): void {
    const { jti, clientId, accountId, grantId } = token
    // SECURITY: format 'jwt' keeps oidc-provider from taking the bare jti, which is no secret, for an opaque token.
    const payload: AdapterPayload = { kind: 'AccessToken', format: 'jwt', jti, clientId, accountId, grantId }
    putRecord(this.#records, { model: 'AccessToken', id: jti, payload, expiresInSeconds: this.#lifeSeconds })
  }

  /** Checks signature, type, issuer, audience and expiry (RFC 9068 §4), then whether it was revoked. */
  async check(token: string): Promise<AccessTokenVerdict> {
    try {
      const { payload } = await jwtVerify<AccessTokenClaims>(token, this.#keys, {
        issuer: this.#issuer,
        audience: this.#audiences,
        typ: 'at+jwt',
        algorithms: ['RS256', 'ES256'],
        requiredClaims: ['sub', 'jti', 'exp', 'client_id'],
      })
      if (this.#isWithdrawn(payload))
        return { active: false, why: 'The access token was revoked or its sign-in ended.' }
      return { active: true, claims: payload }
    } catch (error) {
      if (error instanceof joseErrors.JOSEError) return { active: false, why: explain(error) }
      throw error
    }
  }

  /** Ends one token; the other tokens of its grant live on. */
  revoke(claims: AccessTokenClaims): void {
    if (!isClientsOwn(claims)) {
      this.#records.delete(keyOf('AccessToken', claims.jti))
      return
    }
    const payload: AdapterPayload = { kind: 'RevokedClientToken', jti: claims.jti }
    const expiresInSeconds = claims.exp - Math.floor(Date.now() / 1000)
    putRecord(this.#records, { model: 'RevokedClientToken', id: claims.jti, payload, expiresInSeconds })
  }

  #isWithdrawn(claims: AccessTokenClaims): boolean {
    if (isClientsOwn(claims) && !this.#isClient(claims.client_id)) return true
    if (isClientsOwn(claims)) return this.#records.get(keyOf('RevokedClientToken', claims.jti)) !== undefined
    return this.#records.get(keyOf('AccessToken', claims.jti)) === undefined
  }
}

/** Whether a client got the token for itself: there is no resource owner, so sub is the client. @see RFC 9068 §2.2 */
export function isClientsOwn(claims: AccessTokenClaims): boolean {
  return claims.sub === claims.client_id
}

function explain(error: joseErrors.JOSEError): string {
  if (error instanceof joseErrors.JWTExpired) return 'The access token has expired.'
  if (error instanceof joseErrors.JWTClaimValidationFailed) {
    return `The access token's ${error.claim} claim is missing or not for this server.`
  }
  if (error instanceof joseErrors.JWSSignatureVerificationFailed || error instanceof joseErrors.JWKSNoMatchingKey) {
    return 'The access token was not signed by this server.'
  }
  return 'The access token is not a JWT of this server.'
}
