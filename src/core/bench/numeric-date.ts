import type { Json } from '../../contract/json.ts'

/** A time of a token as a person reads it. */
export interface ReadDate {
  /** ISO; null when the value is no time that can be told */
  time: string | null
  faults: string[]
}

/** Seconds that a date can have. @see ECMA-262 §21.4.1.1 */
const largestSeconds = 8.64e12
/** In the year 5138; as milliseconds in 1973. */
const likelyMilliseconds = 1e11

/** Reads seconds since 1970. @see RFC 7519 §2, NumericDate */
export function readNumericDate(value: Json): ReadDate {
  if (typeof value === 'string') return readText(value)
  if (typeof value !== 'number') return { time: null, faults: ['It must be a number of seconds (RFC 7519 §2).'] }
  const faults: string[] = []
  if (value < 0) faults.push('It is negative: a time before 1970.')
  if (!Number.isInteger(value)) faults.push('It has a fraction: allowed, and refused by some readers.')
  const time = isoOf(value)
  if (time === null) faults.push('It is out of the range of times that can be told.')
  else if (value >= likelyMilliseconds) {
    const meant = isoOf(value / 1000)
    faults.push(`It looks like milliseconds, ${meant} perhaps: it must be seconds.`)
  }
  return { time, faults }
}

function readText(value: string): ReadDate {
  const faults = ['It is a text and must be a number of seconds (RFC 7519 §2): many readers refuse the token.']
  const isNumber = /^-?\d{1,16}(?:\.\d{1,9})?$/.test(value)
  if (isNumber) return { time: isoOf(Number(value)), faults }
  const milliseconds = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value.slice(0, 40)) : Number.NaN
  return { time: Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString(), faults }
}

/** ISO time of seconds since 1970; null outside of what can be told. */
function isoOf(seconds: number): string | null {
  return Math.abs(seconds) <= largestSeconds ? new Date(seconds * 1000).toISOString() : null
}
