import { verifies } from './verifies.ts'
import type { ReadToken } from './read-token.ts'
import { secretKeysOf, shortSecretLine } from './shared-secret.ts'
import { signatureLine, type SignatureOutcome } from './signature-lines.ts'

/** Checks an HMAC with a shared secret. @see RFC 7518 §3.2 */
export async function checkWithSecret(
  token: ReadToken,
  { alg, secret }: { alg: string; secret: string },
): Promise<SignatureOutcome> {
  const keysFrom = 'given'
  if (!alg.startsWith('HS')) {
    const reason = `A shared secret was given, but ${alg} is checked with a public key.`
    const words = `${alg} needs a public key`
    return { state: 'not-verified', words, reason, lines: [signatureLine(null, alg, reason)], keysFrom }
  }
  for (const [index, key] of secretKeysOf(secret).entries()) {
    if ((await verifies(token.value, { alg, key })) !== true) continue
    const short = shortSecretLine(key.length, alg)
    const lines = [signatureLine(true, alg), ...(short ? [short] : [])]
    const how = index === 0 ? '' : ', read as base64'
    return { state: 'genuine', words: '', reason: `The signature fits the shared secret${how}.`, lines, keysFrom }
  }
  const reason = 'The signature does not fit the shared secret: it was changed, or signed with another one.'
  const words = 'the signature does not fit the secret'
  return { state: 'forged', words, reason, lines: [signatureLine(false, alg, reason)], keysFrom }
}
