import type { TokenKind } from '../../contract/token-kind.ts'
import type { EarlierGeneration } from './earlier-generations.ts'
import { type KeptTokens, tokenKinds } from './kept-tokens.ts'
import type { TokenFamily } from './token-family.ts'
import type { TokenLife } from '../../contract/bench/family.ts'
import { endOf, endTextOf } from './token-life.ts'

/** The answers of a family that are remembered, oldest first, each with the tokens that it brought itself. */
export function answersOf(family: TokenFamily): EarlierGeneration[] {
  const { generation, scope, receivedAt, said, earlier = [] } = family
  const isNew = (kind: TokenKind, value: string | undefined) => earlier.every(({ tokens }) => tokens[kind] !== value)
  const own = Object.entries(family.tokens).filter(
    ([name, value]) => !tokenKinds.includes(name as TokenKind) || isNew(name as TokenKind, value),
  )
  const newest = { generation, tokens: Object.fromEntries(own), scope, receivedAt, ...(said ? { said } : {}) }
  return [newest, ...earlier].toReversed()
}

/** A token of a family, with the answer that brought it. */
export interface AnsweredToken {
  family: TokenFamily
  answer: EarlierGeneration
  kind: TokenKind
}

/** How a token stands, as far as that can be told without asking, and one sentence that says why. */
export function standingOf(token: AnsweredToken, now: number): { life: TokenLife; because: string } {
  const said = token.answer.said?.[token.kind] ?? carriedWord(token)
  if (said?.word === 'revoked') return { life: 'revoked', because: `The server revoked it at ${said.at}.` }
  if (said?.word === 'refused') {
    return { life: 'refused', because: `It was sent again at ${said.at}, and the server refused it (invalid_grant).` }
  }
  if (said) return { life: 'alive', because: `It was sent again at ${said.at}, long replaced, and the server took it.` }
  return token.kind === 'refresh_token' ? refreshStanding(token) : timedStanding(token, now)
}

/** What was said of the token in use stands beside the newest answer, whichever answer brought it. */
function carriedWord({ family, answer, kind }: AnsweredToken) {
  return answer.tokens[kind] === family.tokens[kind] ? family.said?.[kind] : undefined
}

function refreshStanding({ family, answer }: AnsweredToken): { life: TokenLife; because: string } {
  const newer = answersOf(family).find((one) => one.generation > answer.generation && one.tokens.refresh_token)
  if (newer) {
    return { life: 'replaced', because: `A newer one came with answer ${newer.generation} at ${newer.receivedAt}.` }
  }
  if (family.dead) {
    return { life: 'refused', because: 'The server refused it (invalid_grant): only a new sign-in helps.' }
  }
  return { life: 'alive', because: 'It is the one in use. Nobody asked the server; it does not say when it ends.' }
}

function timedStanding({ family, answer, kind }: AnsweredToken, now: number): { life: TokenLife; because: string } {
  const end = endOf(answer, kind)
  if (end !== undefined && end <= now) {
    return { life: 'expired', because: `Its time was over at ${endTextOf(answer, kind) ?? 'some time'}.` }
  }
  if (family.dead && kind === 'access_token') {
    const because = 'The server ended the refresh token of its grant; nobody asked whether this one ended with it.'
    return { life: 'unknown', because }
  }
  if (end === undefined)
    return { life: 'unknown', because: 'Nobody asked the server, and it does not say when it ends.' }
  const newer = answer.generation < family.generation ? ' A newer answer came, which by itself ends none.' : ''
  return { life: 'alive', because: `Nobody asked the server; its time is not over.${newer}` }
}

/** The scope a token has: an access token's as granted, a refresh token's as the whole grant was asked for. */
export function scopeOf({ family, answer, kind }: AnsweredToken): string | undefined {
  if (kind === 'id_token') return undefined
  return kind === 'refresh_token' ? family.key.scope : grantedScope(answer)
}

/** What an answer granted: what it says, else what was asked for (RFC 6749 §5.1). */
function grantedScope({ tokens, scope }: { tokens: KeptTokens; scope: string }): string {
  return tokens.scope ?? scope
}
