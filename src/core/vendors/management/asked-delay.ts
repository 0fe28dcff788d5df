/** Headers of an answer. */
interface HeaderReader {
  get(name: string): string | null
}

/** Numbers above this are a time since 1970, not a number of seconds to wait. */
const earliestTime = 1_000_000_000

/**
 * How long an answer asks to send nothing, in milliseconds; undefined when it does not say. The finest header counts
 * first; a time that has passed means at once.
 * @see RFC 9110 §10.2.3, draft-ietf-httpapi-ratelimit-headers
 */
export function askedDelayOf(headers: HeaderReader, now: number): number | undefined {
  return (
    numberIn(headers.get('retry-after-ms')) ??
    secondsOrDate(headers.get('retry-after'), now) ??
    seconds(headers.get('x-ratelimit-reset'), now) ??
    seconds(headers.get('ratelimit-reset'), now)
  )
}

function numberIn(text: string | null): number | undefined {
  return text !== null && /^\s*\d{1,15}(?:\.\d{1,6})?\s*$/.test(text) ? Number(text) : undefined
}

function secondsOrDate(text: string | null, now: number): number | undefined {
  const number = numberIn(text)
  if (number !== undefined) return number * 1000
  // A bare number that is no whole one would be read as a year.
  const time = text !== null && /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : Math.max(0, time - now)
}

function seconds(text: string | null, now: number): number | undefined {
  const number = numberIn(text)
  if (number === undefined) return undefined
  return number > earliestTime ? Math.max(0, number * 1000 - now) : number * 1000
}
