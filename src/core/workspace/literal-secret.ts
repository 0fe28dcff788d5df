import type { ParameterDescription } from '../../contract/description.ts'
import { type Json, isJsonObject } from '../../contract/json.ts'
import { isSecretName } from '../vault/secret-name.ts'

/** Parameters of OAuth messages whose values are secrets, wherever they stand. */
const secretNames = new Set([
  'client_secret',
  'client_assertion',
  'assertion',
  'password',
  'access_token',
  'refresh_token',
  'id_token',
  'id_token_hint',
  'subject_token',
  'actor_token',
  'registration_access_token',
  'code',
  'code_verifier',
  'device_code',
])

/** How a secret may stand in a file: exactly `{secret: NAME}`. */
export function isReference(value: Json | undefined): value is { secret: string } {
  return (
    isJsonObject(value) &&
    Object.keys(value).length === 1 &&
    typeof value.secret === 'string' &&
    isSecretName(value.secret)
  )
}

/**
 * Where a value holds a secret in clear, in words that do not quote it; undefined when it holds none. Seen are secret
 * parameters, extra parameters with a secret's name, and addresses with a password or such a parameter in them.
 */
export function findLiteralSecret({ name, type }: ParameterDescription, value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  if (type === 'secret') return isReference(value) ? undefined : name
  if (type === 'pairs' && Array.isArray(value)) {
    const pair = value.find((one) => Array.isArray(one) && isSecretWord(one[0]) && one[1] !== '')
    return pair ? `${String((pair as Json[])[0])} in ${name}` : undefined
  }
  const addresses = Array.isArray(value) ? value : [value]
  return addresses.some(carriesSecret) ? `the address in ${name}` : undefined
}

function isSecretWord(word: Json | undefined): boolean {
  return typeof word === 'string' && secretNames.has(word.toLowerCase())
}

function carriesSecret(value: Json): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { password, searchParams } = new URL(value)
  return password !== '' || [...searchParams.keys()].some(isSecretWord)
}
