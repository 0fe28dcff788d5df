import { expectedIssuer } from '../../../contract/bench/expected-issuer.ts'
import type { AskedOfToken } from '../../../contract/bench/judged-facts.ts'
import type { ParameterValues } from '../../../contract/description.ts'
import type { JsonObject } from '../../../contract/json.ts'
import { problem } from '../../problems/problem-error.ts'

const texts = ['audience', 'client_id', 'nonce', 'sub', 'acr_values'] as const

/** What the parameters ask of the claims; the issuer is the one that keys were had from, else the one named. */
export function askedOf(
  parameters: ParameterValues,
  { issuer, claims }: { issuer: string | undefined; claims: JsonObject | null },
): AskedOfToken {
  const named = typeof parameters.issuer === 'string' ? parameters.issuer : undefined
  const from = issuer ?? named
  const given = texts.flatMap((name) => (parameters[name] === undefined ? [] : [[name, String(parameters[name])]]))
  return {
    ...(Object.fromEntries(given) as AskedOfToken),
    ...(from === undefined ? {} : { issuer: expectedIssuer(from, claims) }),
    ...(parameters.max_age === undefined ? {} : { max_age: Number(parameters.max_age) }),
  }
}

/**
 * The ISO time as of which a token is judged: as given, an ISO time or seconds since 1970, else now.
 * @throws ProblemError parameter-invalid
 */
export function momentAsked({ at }: ParameterValues, now: number): string {
  if (at === undefined) return new Date(now).toISOString()
  const text = String(at).trim()
  const date = /^\d{1,12}(?:\.\d+)?$/.test(text) ? new Date(Number(text) * 1000) : dateOf(text)
  if (!Number.isNaN(date.getTime())) return date.toISOString()
  throw problem('parameter-invalid', 'As of (at) must be a time such as 2026-01-31T12:00:00Z, or seconds since 1970.')
}

const isoTime = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)([Zz]|[+-]\d{2}:?\d{2})?)?$/

/** Without a zone it is UTC: the same words are the same moment on every machine. An invalid date for a day that never was. */
function dateOf(text: string): Date {
  const [, day = '', time = '00:00', zone = 'Z'] = isoTime.exec(text) ?? []
  // `2026-02-31` would be taken for a day of March.
  const isDay = new Date(`${day}T00:00Z`).getTime() >= 0 && new Date(`${day}T00:00Z`).toISOString().startsWith(day)
  const offset = zone.toUpperCase().replace(/(\d{2}):?(\d{2})$/, '$1:$2')
  return new Date(isDay ? `${day}T${time}${offset}` : NaN)
}
