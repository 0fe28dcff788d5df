import type { TracedResponse } from '../http/exchange.ts'
import type { RunContext } from '../runs/run-context.ts'

/** One challenge of a WWW-Authenticate header; names are in lower case. @see RFC 9110 §11.6.1 */
export interface Challenge {
  scheme: string
  parameters: Record<string, string | undefined>
}

/** The challenges of an answer: none without the header, `malformed` when it cannot be read. */
export async function challengesOf(response: TracedResponse): Promise<Challenge[] | 'malformed'> {
  if (!response.headers.has('www-authenticate')) return []
  const library = await import('oauth4webapi')
  try {
    // The library reads challenges on the way of a request only; this one was answered already, so it is handed over.
    await library.protectedResourceRequest('answered', 'GET', new URL(response.url), undefined, null, {
      [library.customFetch]: async () => response,
      [library.allowInsecureRequests]: true,
    })
  } catch (error) {
    if (error instanceof library.WWWAuthenticateChallengeError) return error.cause as Challenge[]
    throw error
  }
  return 'malformed'
}

/** The challenge for bearer tokens; undefined when there is none. @see RFC 6750 §3 */
export async function bearerChallengeOf(response: TracedResponse): Promise<Challenge | undefined> {
  const challenges = await challengesOf(response)
  return challenges === 'malformed' ? undefined : challenges.find(({ scheme }) => scheme === 'bearer')
}

const longestFact = 1_000

/**
 * Records what the challenge of a refused request says, for the screen and the rules: what is missing in it cannot be
 * told from a masked header.
 * @see RFC 9728 §5.1 `resource_metadata`
 */
export async function proveChallenge(context: RunContext, response: TracedResponse, exchange: string): Promise<void> {
  const challenges = await challengesOf(response)
  const bearer = challenges === 'malformed' ? undefined : challenges.find(({ scheme }) => scheme === 'bearer')
  const named = [
    'realm',
    'error',
    'error_description',
    'error_uri',
    'scope',
    'resource_metadata',
    'acr_values',
    'max_age',
  ]
  const facts = named.flatMap((name) => {
    const value = bearer?.parameters[name]
    return value === undefined ? [] : [[name, value.slice(0, longestFact)] as const]
  })
  const header = challenges === 'malformed' ? 'malformed' : challenges.length === 0 ? 'absent' : 'read'
  const schemes = challenges === 'malformed' ? [] : challenges.map(({ scheme }) => scheme).slice(0, 10)
  context.prove(
    { name: 'challenge.given', holds: bearer !== undefined, facts: { header, schemes, ...Object.fromEntries(facts) } },
    exchange,
  )
}
