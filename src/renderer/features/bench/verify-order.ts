import type { InspectedToken } from '../../../contract/bench/inspection.ts'
import type { ParameterDescription, ParameterValues } from '../../../contract/description.ts'
import { isLoopbackHost, readHttpAddress } from '../../../contract/metadata/address.ts'
import type { Problem } from '../../../contract/problem.ts'
import { issuerOf } from '../../stores/token-questions.ts'

/** Where the keys come from; none are asked for what no key could verify. */
export type KeysFrom = 'issuer' | 'given' | 'secret' | 'none'

/** As of when a token is judged. */
export type JudgedWhen = 'now' | 'time' | 'sent'

/** What a person set for judging a token. */
export interface VerifyChoices {
  keys: KeysFrom
  jwks: string
  secret: string
  audience: string
  when: JudgedWhen
  time: string
  /** further parameters by name */
  more: ParameterValues
  /** the profile in use is for the token's issuer, and its client and connection count */
  usesProfile: boolean
  allowPrivate: boolean
}

/** Parameters that have a control of their own here, or none. */
const own = new Set(['token', 'jwks', 'secret', 'ask_issuer', 'allow_private', 'audience', 'at'])

/** The parameters of judging that a form draws from their descriptions. */
export function furtherParameters(parameters: readonly ParameterDescription[]): ParameterDescription[] {
  return parameters.filter(({ name, group }) => !own.has(name) && !group)
}

/** Where the keys most likely come from, by what the token says. */
export function likelyKeys(token: InspectedToken): KeysFrom {
  if (token.form === 'jwe' || token.form === 'unsecured' || !token.headerJson) return 'none'
  if (String(token.headerJson?.alg).startsWith('HS')) return 'secret'
  return hostOf(issuerOf(token)) === undefined ? 'given' : 'issuer'
}

/** The host that is asked at an issuer; undefined when it is no address that could be asked. */
export function hostOf(issuer: unknown): string | undefined {
  const url = readHttpAddress(issuer)?.url
  return url && !url.username && !url.password ? url.host : undefined
}

/** Whether the address is one of this machine by its look; those of private networks are known to the engine only. */
export function isOnThisMachine(issuer: unknown): boolean {
  const url = readHttpAddress(issuer)?.url
  return url !== undefined && isLoopbackHost(url.hostname)
}

/** Whether the server was not asked because it is inside of a network and only the token names it. */
export function wantsSecondYes(problem: Problem | undefined): boolean {
  return (
    problem?.code === 'keys-unavailable' &&
    problem.whatToDo?.some((advice) => advice.includes('allow_private')) === true
  )
}

/** What the engine is told. `seenAt` is when the token was on its way, where that is known. */
export function verifyParameters(choices: VerifyChoices, seenAt?: string): ParameterValues {
  const { keys, jwks, secret, audience, when, time, more, usesProfile, allowPrivate } = choices
  const at = { now: '', time: time.trim(), sent: seenAt ?? '' }[when]
  const asksToken = keys === 'issuer' && !usesProfile && !more.issuer
  return {
    ...more,
    ...(keys === 'given' ? { jwks } : {}),
    ...(keys === 'secret' ? { secret } : {}),
    ...(asksToken ? { ask_issuer: true, ...(allowPrivate ? { allow_private: true } : {}) } : {}),
    ...(audience.trim() ? { audience: audience.trim() } : {}),
    ...(at ? { at } : {}),
  }
}
