import { invalidField, type Issue } from './api-error.ts'
import { authMethods, grantTypes } from './client-store.ts'
import { scopesSupported } from './scopes.ts'

/** Tells what is wrong with a value, if anything. */
type Check = (value: unknown) => string | undefined

const longestText = 1000
const mostItems = 100

/** What each field has to be. */
export type Checks = Record<string, Check>

/** What is wrong with the fields of a body: unknown ones, and those of the wrong kind. */
export function issuesOf(body: Record<string, unknown>, checks: Checks): Issue[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined
    const wrong = check ? check(value) : 'is not a known property'
    return wrong === undefined ? [] : [invalidField(pointerOf(name), `${name} ${wrong}.`)]
  })
}

/** A JSON pointer to a member of the body. @see RFC 6901 §3 */
export function pointerOf(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The issue with scopes that do not exist, in the words and with the code that the service was seen to use. */
export function scopeIssues(pointer: string, scopes: unknown, switches: { admin_scope: boolean }): Issue[] {
  const supported = scopesSupported(switches)
  if (!Array.isArray(scopes) || scopes.every((scope) => supported.includes(String(scope)))) return []
  return [invalidField(pointer, `must be a subset of ${supported.join(', ')}`, '10027')]
}

/** A text that is not empty. */
export const text: Check = (value) => {
  if (typeof value !== 'string' || value.trim() === '') return 'must be a text that is not empty'
  return value.length > longestText ? `must have at most ${longestText} characters` : undefined
}

/** Any text. */
export const anyText: Check = (value) =>
  typeof value === 'string' && value.length <= 10 * longestText ? undefined : 'must be a text'

/** True or false. */
export const truth: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false')

/** A list of texts. */
export const texts: Check = (value) => listOf(value, text)

/** One of the given texts. */
export function oneOf(choices: readonly string[]): Check {
  return (value) => (choices.includes(value as string) ? undefined : `must be one of ${choices.join(', ')}`)
}

/** A list of grant types. */
export const grantTypeList: Check = (value) => listOf(value, oneOf(grantTypes))

/** A client authentication method. */
export const authMethod: Check = oneOf(authMethods)

/** An http or https address. */
export const webAddress: Check = (value) => {
  const url = text(value) === undefined ? URL.parse(value as string) : null
  return url && ['http:', 'https:'].includes(url.protocol) ? undefined : 'must be an http or https address'
}

const refusedSchemes = ['javascript:', 'vbscript:', 'data:', 'blob:', 'file:', 'about:', 'ws:', 'wss:']

/**
 * A list of redirect URIs: absolute, without fragment.
 * SECURITY: a browser is sent there, so no scheme that would run or show something here.
 * @see RFC 6749 §3.1.2
 */
export const redirectUriList: Check = (value) =>
  listOf(value, (item) => {
    const url = text(item) === undefined ? URL.parse(item as string) : null
    const isGood = url && !refusedSchemes.includes(url.protocol) && /^[!"$-~]+$/.test(item as string)
    return isGood ? undefined : 'must be absolute addresses in ASCII without a fragment'
  })

function listOf(value: unknown, check: Check): string | undefined {
  if (!Array.isArray(value)) return 'must be a list'
  if (value.length > mostItems) return `must have at most ${mostItems} members`
  return value.map((item: unknown) => check(item)).find((wrong) => wrong !== undefined)
}
