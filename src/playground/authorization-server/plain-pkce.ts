import { createHash } from 'node:crypto'

/** What RFC 7636 §4.2 lets a code challenge be. */
const challengePattern = /^[A-Za-z0-9._~-]{43,128}$/

/**
 * Rewrites an authorization request's query so that the `plain` code challenge method works: oidc-provider knows S256
 * only, and comparing S256(verifier) with S256(challenge) accepts exactly what comparing verifier and challenge does.
 * A challenge without a method means plain (RFC 7636 §4.3). Everything else in the query stays as it is.
 */
export function translatePlainChallenge(query: string): string {
  const parameters = new URLSearchParams(query)
  const challenges = parameters.getAll('code_challenge')
  const methods = parameters.getAll('code_challenge_method')
  const isPlain = methods.length === 0 || (methods.length === 1 && methods[0] === 'plain')
  const [challenge] = challenges
  if (!isPlain || challenge === undefined || challenges.length !== 1) return query
  parameters.set('code_challenge_method', 'S256')
  // A malformed challenge is left alone, so that the server refuses it with its own words.
  if (challengePattern.test(challenge)) parameters.set('code_challenge', hash(challenge))
  return parameters.toString()
}

function hash(value: string): string {
  return createHash('sha256').update(value).digest('base64url')
}
