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
  // Headers that carry credentials (RFC 9110 §11.6.2, §11.7.2; RFC 6265 §4.2), and what APIs call theirs.
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'api-key',
  'apikey',
  'x-auth-token',
])

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/

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
 * parameters, extra parameters and headers with a secret's name, private keys, and addresses with a password or such a
 * parameter in them.
 */
export function findLiteralSecret({ name, type }: ParameterDescription, value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  if (type === 'secret') return isReference(value) ? undefined : name
  if (type === 'pairs' && Array.isArray(value)) {
    const named = value.map(secretNameOf).find((found) => found !== undefined)
    return named === undefined ? undefined : `${named} in ${name}`
  }
  return secretTextIn(name, Array.isArray(value) ? value : [value])
}

function secretTextIn(name: string, texts: Json[]): string | undefined {
  if (texts.some(isPrivateKey)) return `a private key in ${name}`
  const addresses = name === 'proxy' ? texts.map(withScheme) : texts
  return addresses.some(carriesSecret) ? `the address in ${name}` : undefined
}

/** The name of a pair whose value is a secret by that name. */
function secretNameOf(pair: Json): string | undefined {
  if (!Array.isArray(pair)) return undefined
  const [name, value] = pair
  return isSecretWord(name) && value !== '' ? String(name) : undefined
}

function isPrivateKey(value: Json): boolean {
  return typeof value === 'string' && privateKey.test(value)
}

/** A proxy may be written without its scheme. */
function withScheme(address: Json): Json {
  return typeof address === 'string' && !address.includes('://') ? `http://${address}` : address
}

function isSecretWord(word: Json | undefined): boolean {
  return typeof word === 'string' && secretNames.has(word.toLowerCase())
}

function carriesSecret(value: Json): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { password, searchParams } = new URL(value)
  return password !== '' || [...searchParams.keys()].some(isSecretWord)
}
