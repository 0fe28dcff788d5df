import { type ProblemError, problem } from '../problems/problem-error.ts'
import type { TokenFamily } from './token-family.ts'
import { type TokenKey, identityOf, scopeWords } from './token-key.ts'

/** What a refresh is wanted for. Left-out parts may be any; profile, issuer, client and key are always the same. */
export type RefreshWanted = Pick<TokenKey, 'profile' | 'issuer' | 'client_id' | 'keyBinding'> & {
  redirect_uri?: string | undefined
  resource?: readonly string[] | undefined
  /** all of it must have been asked for at the grant: a refresh can only narrow (RFC 6749 §6) */
  scope?: string | undefined
  user?: string | undefined
}

/**
 * The first of `newestFirst` with a refresh token that fits. One granted for exactly the wanted scope goes before one
 * granted for more; without a user, the grants of nobody in particular go first.
 * @throws ProblemError token-missing when none fits, or those of several users do
 */
export function chooseRefreshable(newestFirst: TokenFamily[], wanted: RefreshWanted): TokenFamily {
  const fitting = newestFirst.filter((family) => Boolean(family.tokens.refresh_token) && fits(family.key, wanted))
  const wantedWords = scopeWords(wanted.scope ?? '').join(' ')
  const exact = fitting.filter(({ key }) => scopeWords(key.scope).join(' ') === wantedWords)
  const candidates = wantedWords !== '' && exact.length > 0 ? exact : fitting
  const users = [...new Set(candidates.map(({ key }) => key.user))]
  if (users.length > 1 && !users.includes('')) throw severalUsers(users)
  const chosen = users.length > 1 ? candidates.find(({ key }) => key.user === '') : candidates[0]
  if (!chosen) throw noneFits(wanted)
  return chosen
}

function fits(key: TokenKey, wanted: RefreshWanted): boolean {
  const { redirect_uri = key.redirect_uri, resource = key.resource, user = key.user } = wanted
  const { profile, issuer, client_id, keyBinding } = wanted
  const granted = new Set(scopeWords(key.scope))
  return (
    identityOf(key) ===
      identityOf({ profile, issuer, client_id, keyBinding, redirect_uri, resource, user, scope: key.scope }) &&
    scopeWords(wanted.scope ?? '').every((word) => granted.has(word))
  )
}

/** The refusal to choose between users. */
export function severalUsers(users: string[]): ProblemError {
  return problem('token-missing', `Tokens of several users are kept: ${users.join(', ')}.`, {
    whatToDo: users.map((user) => `Name the test user ${user} (user)`),
  })
}

function noneFits({ issuer, client_id, user, scope }: RefreshWanted): ProblemError {
  const asked = [user && ` as ${user}`, scope && ` with scope ${scope}`].filter(Boolean).join('')
  return problem('token-missing', `No refresh token is kept for client ${client_id} at ${issuer}${asked}.`, {
    whatToDo: [
      'Sign in first; most servers send a refresh token only when the scope has offline_access.',
      'Or give a refresh token yourself (refresh_token).',
    ],
    specification: 'RFC 6749 §6',
  })
}
