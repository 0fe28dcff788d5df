import type { TokenKind } from '../../contract/token-kind.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { severalUsers } from './choose-refreshable.ts'
import type { TokenFamily } from './token-family.ts'
import { scopeWords } from './token-key.ts'

/** What a kept token is wanted for. Left-out parts may be any. */
export interface UsableWanted {
  /** null: tokens got without a profile */
  profile: string | null
  /** SECURITY: a profile whose issuer was changed does not get the tokens of the one before */
  issuer?: string | undefined
  /** tokens of this client go before those of others */
  client_id?: string | undefined
  user?: string | undefined
  /** all of it must have been asked for or granted */
  scope?: string | undefined
  /** default `access_token` */
  kind?: TokenKind | undefined
  /** got for somebody who signed in, not for the client itself */
  ofUser?: boolean | undefined
}

/**
 * The newest family that has the wanted token; without a user, what belongs to nobody in particular goes first. One
 * whose refresh token the server refused is taken only when there is no other.
 * @throws ProblemError token-missing when there is none, or those of several users
 */
export function chooseUsable(newestFirst: TokenFamily[], wanted: UsableWanted): TokenFamily {
  const all = newestFirst.filter((family) => isUsable(family, wanted))
  const ofClient = all.filter(({ key }) => key.client_id === wanted.client_id)
  const usable = ofClient.length > 0 ? ofClient : all
  const users = [...new Set(usable.map(({ key }) => key.user))]
  if (users.length > 1 && !users.includes('')) throw severalUsers(users)
  const candidates = users.length > 1 ? usable.filter(({ key }) => key.user === '') : usable
  const chosen = candidates.find(({ dead }) => !dead) ?? candidates[0]
  if (!chosen) throw noneUsable(wanted)
  return chosen
}

function isUsable(family: TokenFamily, wanted: UsableWanted): boolean {
  const { key, tokens, grant } = family
  return (
    Boolean(tokens[wanted.kind ?? 'access_token']) &&
    key.profile === wanted.profile &&
    isAny(wanted.issuer, key.issuer) &&
    isAny(wanted.user, key.user) &&
    hasScope(family, wanted.scope) &&
    !(wanted.ofUser && grant === 'client-credentials')
  )
}

const isAny = (wanted: string | undefined, found: string) => wanted === undefined || wanted === found

function hasScope({ tokens, scope }: TokenFamily, wanted = ''): boolean {
  const known = new Set(scopeWords(`${tokens.scope ?? ''} ${scope}`))
  return scopeWords(wanted).every((word) => known.has(word))
}

function noneUsable({ profile, user, scope, kind = 'access_token', ofUser }: UsableWanted): ProblemError {
  const place = profile === null ? 'without a profile' : `for profile ${profile}`
  const asked = [user && ` as ${user}`, scope && ` with scope ${scope}`].filter(Boolean).join('')
  return problem('token-missing', `No ${kind} is kept ${place}${asked}.`, {
    whatToDo: [
      ofUser || kind !== 'access_token'
        ? 'Sign in first (authorization-code).'
        : 'Sign in first (authorization-code), or get a token for the client (client-credentials).',
    ],
  })
}
