import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWTPayload } from 'jose'

/** A server that only publishes its metadata and its keys, and makes tokens as it pleases. */
export interface TokenMaker {
  issuer: string
  /** the public key */
  jwk: string
  pem: string
  /** what was asked for, in order */
  asked: string[]
  /** a signed access token; claims win over the usual ones */
  make(claims?: JWTPayload, header?: { kid?: string }): Promise<string>
  close(): Promise<void>
}

/** Seconds since 1970. */
export const inSeconds = (from: number) => Math.floor(Date.now() / 1000) + from

/** Starts one on 127.0.0.1. */
export async function startTokenMaker(): Promise<TokenMaker> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const issuer = `http://${request.headers.host}`
    const metadata = {
      issuer,
      jwks_uri: `${issuer}/jwks`,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    }
    const answers: Record<string, unknown> = { '/jwks': { keys: [jwk] }, '/.well-known/openid-configuration': metadata }
    const answer = answers[request.url ?? '']
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    jwk: JSON.stringify(jwk),
    pem: await exportSPKI(publicKey),
    asked,
    make: (claims, header) =>
      new SignJWT({
        iss: issuer,
        sub: 'u1',
        aud: 'https://api.test',
        iat: inSeconds(-60),
        exp: inSeconds(600),
        ...claims,
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one', ...header })
        .sign(privateKey),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A JWT whose header and payload are these texts, as they are, with a signature that is none. */
export const rawJwt = (header: string, payload: string): string =>
  [header, payload, 'not-a-signature-at-all'].map((part) => Buffer.from(part).toString('base64url')).join('.')
