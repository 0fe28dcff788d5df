import type { RegisteredClient } from './client-record.ts'
import type { Json } from './json.ts'
import { differencesOf } from './metadata/differences.ts'

/** One member of client metadata: what was asked for beside what was registered. */
export interface ComparedMember {
  name: string
  /** absent: not asked for */
  asked?: Json
  /** absent: not registered */
  registered?: Json
  /** `dropped`: asked for and not registered; `added`: the server's own choice */
  how: 'same' | 'changed' | 'dropped' | 'added'
}

/**
 * What a server registered beside what it was asked for: first what was asked, in its order, then what the server added.
 * Lists of texts and scopes are sets, so their order is no difference (RFC 7591 §2, §3.2.1).
 */
export function comparedMembers({
  asked,
  registered,
}: Pick<RegisteredClient, 'asked' | 'registered'>): ComparedMember[] {
  const wanted = Object.entries(asked).map(([name, value]): ComparedMember => {
    const got = registered[name]
    if (got === undefined || got === null) return { name, asked: value, how: 'dropped' }
    const how = differencesOf(comparable(name, value), comparable(name, got)).length === 0 ? 'same' : 'changed'
    return { name, asked: value, registered: got, how }
  })
  const further = Object.entries(registered).filter(([name]) => asked[name] === undefined)
  return [...wanted, ...further.map(([name, value]): ComparedMember => ({ name, registered: value, how: 'added' }))]
}

/** The members that the server registered otherwise than asked. */
export function changedMembers(facts: Pick<RegisteredClient, 'asked' | 'registered'>): ComparedMember[] {
  return comparedMembers(facts).filter(({ how }) => how === 'changed' || how === 'dropped')
}

/** RFC 7591 §2: scope is one text of several values. */
function comparable(name: string, value: Json): Json {
  return name === 'scope' && typeof value === 'string' ? value.split(' ').filter(Boolean) : value
}
