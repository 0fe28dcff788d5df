import type { TestUser } from '../../contract/profile.ts'
import { type Json, isJsonObject } from '../../contract/json.ts'
import { isReference } from './literal-secret.ts'

/** The most test users a profile can have. */
export const maximumUsers = 100
/** The longest user name or title, in characters. */
const longestText = 200

/** What is wrong with a list of test users, without quoting it. */
export interface UsersFault {
  /** into the list: an index, then a name */
  path: (string | number)[]
  detail: string
  /** a password stands in clear */
  isLiteralSecret?: boolean
}

/** Reads a list of test users, and says everything that is wrong with it; those with a fault are left out. */
export function readUsers(value: Json): { users: TestUser[]; faults: UsersFault[] } {
  if (value === null) return { users: [], faults: [] }
  if (!Array.isArray(value) || value.length > maximumUsers) {
    const detail = `users must be a list of at most ${maximumUsers}, each as {username: NAME, password: {secret: NAME}}.`
    return { users: [], faults: [{ path: [], detail }] }
  }
  const users: TestUser[] = []
  const faults: UsersFault[] = []
  const seen = new Set<Json | undefined>()
  for (const [index, one] of value.entries()) {
    const found = faultsOf(one, index)
    const username = isJsonObject(one) ? one.username : undefined
    if (found.length === 0 && seen.has(username)) {
      found.push({ path: [index, 'username'], detail: 'This user name stands here twice.' })
    }
    seen.add(username)
    faults.push(...found)
    if (found.length === 0) users.push(userOf(one as { [name: string]: Json }))
  }
  return { users, faults }
}

function faultsOf(one: Json, index: number): UsersFault[] {
  if (!isJsonObject(one)) return [{ path: [index], detail: 'A test user is written as {username: NAME}.' }]
  const faults = Object.entries(one).flatMap(([name, value]) => {
    const fault = faultOf(name, value)
    return fault ? [{ path: [index, name], ...fault }] : []
  })
  const isNameless = !Object.hasOwn(one, 'username')
  return isNameless ? [...faults, { path: [index], detail: 'This test user has no username.' }] : faults
}

function faultOf(name: string, value: Json): Omit<UsersFault, 'path'> | undefined {
  if (name === 'username') return isLine(value) ? undefined : { detail: `username ${wantedLine}` }
  const isUnset = value === null || value === ''
  if (name === 'title') return isUnset || isLine(value) ? undefined : { detail: `title ${wantedLine}` }
  if (name !== 'password') {
    return { detail: `${name.slice(0, 80)} is nothing a test user has. There are: username, title, password.` }
  }
  if (isUnset || isReference(value)) return undefined
  return { detail: 'the password of a test user', isLiteralSecret: true }
}

const wantedLine = `must be one line of 1 to ${longestText} characters; numbers stand in quotes.`

function isLine(value: Json): boolean {
  return typeof value === 'string' && value !== '' && value.length <= longestText && !/\p{Cc}/u.test(value)
}

function userOf({ username, title, password }: { [name: string]: Json }): TestUser {
  return {
    username: String(username),
    title: String(title || username),
    ...(isReference(password) ? { password: { secret: password.secret } } : {}),
  }
}
