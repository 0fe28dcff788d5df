import type { IncomingHttpHeaders } from 'node:http'
import type { PlaygroundUser } from '../playground-info.ts'

/** The resource owners. Their passwords are no secret: the sign-in page shows them to people. */
export const playgroundUsers: PlaygroundUser[] = [
  { username: 'alice', password: 'alice-password', name: 'Alice Example', email: 'alice@example.test' },
  { username: 'bob', password: 'bob-password', name: 'Bob Example', email: 'bob@example.test' },
]

/**
 * The users that a page names with their passwords: all to a browser, which says that it navigates; none to a program,
 * whose recordings would hold them in clear. @see Fetch Metadata Request Headers §2.3
 */
export function usersShownTo(headers: IncomingHttpHeaders): readonly PlaygroundUser[] {
  return headers['sec-fetch-mode'] === 'navigate' ? playgroundUsers : []
}

/** The user whose sub this is. */
export function findUser(sub: string | undefined): PlaygroundUser | undefined {
  return playgroundUsers.find((user) => user.username === sub)
}

/** The user with this user name and password. */
export function signInUser(username: string, password: string): PlaygroundUser | undefined {
  return playgroundUsers.find((user) => user.username === username && user.password === password)
}

/** Which claims each scope gives. @see OpenID Connect Core 1.0 §5.4 */
export const claimsOfScope: Record<string, string[]> = {
  openid: ['sub'],
  profile: ['name', 'given_name', 'family_name', 'preferred_username'],
  email: ['email', 'email_verified'],
}

/** Every claim about a user. @see OpenID Connect Core 1.0 §5.1 */
export function claimsOf(user: PlaygroundUser): { sub: string; [claim: string]: unknown } {
  const [given, family] = user.name.split(' ')
  return {
    sub: user.username,
    name: user.name,
    given_name: given,
    family_name: family,
    preferred_username: user.username,
    email: user.email,
    email_verified: true,
  }
}
