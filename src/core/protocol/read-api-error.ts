import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import type { Problem } from '../../contract/problem.ts'

/** An error as an API tells it. */
export interface ApiError {
  /** its name or number, such as `invalid_client_metadata` or `10005` */
  code?: string
  /** in short; the code where the API says nothing shorter */
  title: string
  /** what a person reads; empty when the API says no more than the title */
  detail: string
  /** what is wrong with single members of the request, by their names */
  fields?: NonNullable<Problem['fields']>
}

const mostFields = 50
const longestText = 2_000

/**
 * Reads both shapes of error that OAuth servers and their management APIs answer: `{error, error_description}` with
 * `invalid_fields` (RFC 6749 §5.2, RFC 7591 §3.2.2), and `{errors: [{code, title, detail, source}]}`. Undefined when it
 * is neither.
 */
export function apiErrorOf(json: unknown): ApiError | undefined {
  if (!isJsonObject(json)) return undefined
  return listed(json) ?? named(json)
}

function named(json: JsonObject): ApiError | undefined {
  const code = textOf(json.error)
  if (code === undefined) return undefined
  const fields = isJsonObject(json.invalid_fields) ? invalidFields(json.invalid_fields) : []
  return { code, title: code, detail: textOf(json.error_description) ?? '', ...withFields(fields) }
}

function invalidFields(invalid: JsonObject) {
  return Object.entries(invalid).flatMap(([name, said]) => {
    const details = (Array.isArray(said) ? said : [said]).flatMap((one) => textOf(one) ?? [])
    return details.length > 0 ? [{ name: cut(name), detail: details.join(' ') }] : []
  })
}

function listed({ errors }: JsonObject): ApiError | undefined {
  const all = Array.isArray(errors) ? errors.filter(isJsonObject).slice(0, mostFields) : []
  const [first] = all
  if (!first) return undefined
  const code = typeof first.code === 'number' ? String(first.code) : textOf(first.code)
  const title = textOf(first.title) ?? code ?? 'Error'
  const details = new Set(all.flatMap((one) => textOf(one.detail) ?? []))
  const fields = all.flatMap((one) => fieldOf(one) ?? [])
  return { ...(code === undefined ? {} : { code }), title, detail: [...details].join(' '), ...withFields(fields) }
}

/** A pointer such as `/redirect_uris/0` is about the member `redirect_uris`; the rest of it stays with the words. */
function fieldOf({ source, title, detail }: JsonObject): { name: string; detail: string } | undefined {
  if (!isJsonObject(source)) return undefined
  const [name, ...within] = (textOf(source.pointer) ?? textOf(source.parameter) ?? '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (name === undefined) return undefined
  const said = textOf(detail) ?? textOf(title) ?? ''
  return { name, detail: within.length > 0 ? `${within.join('/')}: ${said}` : said }
}

const withFields = (fields: NonNullable<Problem['fields']>) =>
  fields.length > 0 ? { fields: fields.slice(0, mostFields) } : {}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? cut(value) : undefined
}

/** Left out rather than cut: the masker would not know half a secret. */
const cut = (text: string) => (text.length > longestText ? `… (${text.length} characters)` : text)

/** The error in one sentence: its title, or code, and what it says. */
export function sentenceOf({ code, title, detail }: ApiError): string {
  const name = code === undefined || code === title ? title : `${title} (${code})`
  return detail === '' ? `${name}.` : `${name}: ${detail}`
}
