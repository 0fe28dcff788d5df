import type { KeyFacts } from '../../../contract/keys/key-facts.ts'
import type { Run } from '../../../contract/run.ts'

/** A key's type with its size or curve: `RSA 2048`, `EC P-256`. */
export function keyTypeOf({ kty, bits, curve }: KeyFacts): string {
  return [kty || 'unknown', curve ?? (bits === undefined ? undefined : String(bits))].filter(Boolean).join(' ')
}

/** When the first certificate of a key ends, in milliseconds since 1970; undefined without one. */
export function certificateEndOf({ certificates }: KeyFacts): number | undefined {
  const end = Date.parse(certificates?.[0]?.validTo ?? '')
  return Number.isNaN(end) ? undefined : end
}

const names: Record<string, string> = { id_token: 'ID token', access_token: 'access token' }

/** Which tokens of this window's runs name each key in their header, by kid: `ID token of run 3`. */
export function tokensByKid(runs: Iterable<Run>, issuers: readonly string[]): Map<string, string> {
  const signed = new Map<string, string>()
  for (const run of runs) {
    for (const { kind, header, claims } of run.tokens) {
      const kid = header?.kid
      if (typeof kid !== 'string' || typeof claims?.iss !== 'string' || !issuers.includes(claims.iss)) continue
      signed.set(kid, `${names[kind] ?? kind} of run ${run.number}`)
    }
  }
  return signed
}
