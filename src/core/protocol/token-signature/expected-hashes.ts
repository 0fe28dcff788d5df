import type { ExpectedHashes } from '../../../contract/bench/judged-facts.ts'
import type { ParameterValues } from '../../../contract/description.ts'
import type { JsonObject } from '../../../contract/json.ts'

type Generate = (source: string, alg: string, curve?: string) => string

/**
 * The hash of a token or code that an ID token of this header carries; null where no hash belongs to the algorithm.
 * @see OpenID Connect Core §3.1.3.6, §3.3.2.11
 */
export async function hashFor(source: string, { alg }: JsonObject): Promise<string | null> {
  // @ts-expect-error: the package comes without types
  const { generate } = (await import('oidc-token-hash')) as { generate: Generate }
  try {
    return generate(source, String(alg), 'Ed25519')
  } catch {
    return null
  }
}

/** The hashes of what was given along with an ID token. */
export async function hashesFor(parameters: ParameterValues, header: JsonObject | null): Promise<ExpectedHashes> {
  const { access_token: accessToken, code } = parameters
  if (!header) return {}
  return {
    ...(typeof accessToken === 'string' ? { at_hash: await hashFor(accessToken, header) } : {}),
    ...(typeof code === 'string' ? { c_hash: await hashFor(code, header) } : {}),
  }
}
