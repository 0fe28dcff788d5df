import type { Commands } from '../../contract/commands.ts'
import type { KeptTokenSummary } from '../../contract/kept.ts'

/** The kept tokens of a fake engine, in memory. */
export function createFakeTokens(kept: readonly KeptTokenSummary[] = []) {
  let tokens = [...kept]
  const drop = (isLeaving: (token: KeptTokenSummary) => boolean) => {
    const families = new Set(tokens.filter(isLeaving).map(({ family }) => family))
    tokens = tokens.filter((token) => !isLeaving(token))
    return { deleted: families.size }
  }
  return {
    'tokens list': ({ profile }: Commands['tokens list']['parameters']) =>
      tokens.filter((token) => profile === undefined || token.profile === profile),
    'tokens delete': ({ family }: Commands['tokens delete']['parameters']) => drop((token) => token.family === family),
    'tokens clear': ({ profile, user }: Commands['tokens clear']['parameters']) =>
      drop(
        (token) => (profile === undefined || token.profile === profile) && (user === undefined || token.user === user),
      ),
  }
}

const lifeMs = 3_600_000

/** So many families of made-up tokens for several profiles and users; the first ones soon end, are dead or have ended. */
export function madeUpTokens(families: number, now: number): KeptTokenSummary[] {
  const owners = [
    { profile: 'playground', issuer: 'http://127.0.0.1:7420', client_id: 'public', user: 'alice' },
    { profile: 'acme-staging', issuer: 'https://login.acme.test', client_id: 'confidential', user: 'alice@acme.test' },
    { profile: 'acme-production', issuer: 'https://login.acme.example', client_id: 'confidential', user: '' },
    { profile: 'playground', issuer: 'http://127.0.0.1:7420', client_id: 'public', user: 'bob' },
  ]
  return Array.from({ length: families }, (_none, index) => {
    const { [index % owners.length]: owner } = owners
    const receivedAt = now - 6000 - index * 900_000
    const dead = index % 7 === 1
    const common = {
      ...owner!,
      family: `family-${index}`,
      generation: 1 + (index % 4),
      scope: index % 3 === 0 ? 'openid offline_access' : 'openid profile email offline_access api:read api:write',
      resource: index % 5 === 2 ? ['https://api.acme.test/v1'] : [],
      receivedAt: new Date(receivedAt).toISOString(),
      ...(dead ? { dead } : {}),
    }
    const fingerprintOf = (kind: number) => (index * 3 + kind + 0xa91c).toString(16).padStart(4, '0').repeat(8)
    const expiresAt = new Date(index === 0 ? now + 112_000 : receivedAt + lifeMs).toISOString()
    return [
      { ...common, kind: 'access_token' as const, fingerprint: fingerprintOf(0), expiresAt },
      ...(index % 4 === 2 ? [] : [{ ...common, kind: 'id_token' as const, fingerprint: fingerprintOf(1) }]),
      ...(index % 4 === 2 ? [] : [{ ...common, kind: 'refresh_token' as const, fingerprint: fingerprintOf(2) }]),
    ]
  }).flat()
}
