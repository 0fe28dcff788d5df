import type { Json, JsonObject } from '../../contract/json.ts'
import type { RunContext } from '../runs/run-context.ts'
import { claimsOf, type TokenAskedAbout } from './token-asked-about.ts'

/** What was answered about a token. */
export interface IntrospectionFacts {
  answer: JsonObject
  token: TokenAskedAbout
  /** how the question was authorized: a client authentication method, or `bearer` */
  authentication: string
}

/** Clocks of two machines differ; less than this says nothing. */
const skewSeconds = 30
const mostNamed = 20

/** Claims that a JWT access token and the answer about it have in common. @see RFC 9068 §2.2, RFC 7662 §2.2 */
const compared = ['iss', 'sub', 'aud', 'client_id', 'scope', 'exp']

/** Proves what rules need of an introspection: whether it is active, who asked, and whether it fits the token itself. */
export function proveIntrospection(context: RunContext, { answer, token, authentication }: IntrospectionFacts): void {
  const exchange = context.lastAnswer('introspection')?.exchange
  const { active, ...others } = answer
  const members = Object.keys(others).slice(0, mostNamed)
  const isActive = active === true
  context.prove(
    { name: 'introspection.answered', holds: true, facts: { active: isActive, authentication, members } },
    exchange,
  )
  if (!isActive) return
  const differs = differencesOf(answer, claimsOf(token.value) ?? {})
  const ended = endedAt(answer, context.clock.now())
  const facts = { differs, ...(ended === undefined ? {} : { ended }) }
  context.prove({ name: 'introspection.agrees', holds: differs.length === 0 && ended === undefined, facts }, exchange)
}

/** When an active token ended, by the answer's own `exp`; undefined when it has not. */
function endedAt({ exp }: JsonObject, now: number): string | undefined {
  if (typeof exp !== 'number' || exp * 1000 >= now - skewSeconds * 1000) return undefined
  const day = new Date(exp * 1000)
  return Number.isNaN(day.getTime()) ? undefined : day.toISOString()
}

function differencesOf(answer: JsonObject, claims: JsonObject): JsonObject[] {
  return compared.flatMap((claim) => {
    const [said, own] = [wordsOf(claim, answer[claim]), wordsOf(claim, claims[claim])]
    if (said === undefined || own === undefined || said === own) return []
    return [{ claim, answered: said, own }]
  })
}

/** A claim as one text: audiences and scopes are sets. */
function wordsOf(claim: string, value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  const isSet = claim === 'aud' || claim === 'scope'
  const words = Array.isArray(value)
    ? value.map(String)
    : isSet && claim === 'scope'
      ? String(value).split(' ')
      : [String(value)]
  return (isSet ? [...new Set(words)].filter((word) => word !== '').sort() : words).join(' ')
}
