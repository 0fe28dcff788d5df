import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'

/** A signer with its key set, as an issuer publishes it. */
export type TokenSigner = Awaited<ReturnType<typeof createTokenSigner>>

/** Makes a signer of access tokens (RFC 9068) with one new RS256 key. */
export async function createTokenSigner(kid = 'key-1') {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }] }
  return {
    jwks,
    /** an access token for `https://api.test` that is good for an hour, unless the claims say else */
    sign(issuer: string, claims: JWTPayload = {}) {
      const now = Math.floor(Date.now() / 1000)
      return new SignJWT({
        iss: issuer,
        sub: 'alice',
        aud: 'https://api.test',
        client_id: 'app',
        jti: 'one',
        iat: now,
        exp: now + 3600,
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid })
        .sign(privateKey)
    },
  }
}
