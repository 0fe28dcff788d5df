import { randomBytes } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { clientsWithSecret, stateVersion, type PlaygroundState } from './playground-state.ts'

/** New random keys and secrets. */
export async function generateState(): Promise<PlaygroundState> {
  const signingKeys = await Promise.all([generateSigningKey('RS256'), generateSigningKey('ES256')])
  const clientSecrets = Object.fromEntries(clientsWithSecret.map((id) => [id, randomText()]))
  return { version: stateVersion, signingKeys, cookieKeys: [randomText()], clientSecrets }
}

async function generateSigningKey(alg: 'RS256' | 'ES256'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg }
}

function randomText(): string {
  return randomBytes(32).toString('base64url')
}
