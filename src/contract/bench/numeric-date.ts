import type { Json } from '../json.ts'
import { shownValue } from './check-line.ts'

const furthestMs = 8.64e15

/** Milliseconds of a NumericDate; null for what is no number, or no time that can be told. @see RFC 7519 §2 */
export function millisecondsOf(value: Json | undefined): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  const milliseconds = value * 1000
  return Math.abs(milliseconds) <= furthestMs ? milliseconds : null
}

/** A NumericDate as ISO time; what is none as it stands. */
export function shownTime(value: Json | undefined): string {
  const milliseconds = millisecondsOf(value)
  return milliseconds === null ? shownValue(value) : isoOf(milliseconds)
}

/** ISO time, in seconds where there is no more. */
export function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z')
}

const units: [name: string, ms: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
]

/** A length of time in its two largest units: `3 h 12 m`. */
export function lengthWords(milliseconds: number): string {
  const whole = Math.abs(milliseconds)
  const first = units.findIndex(([, ms]) => whole >= ms)
  const [name, ms] = units[first] ?? ['s', 1000]
  const head = `${Math.floor(whole / ms)} ${name}`
  const next = units[first + 1]
  const rest = next ? Math.floor((whole % ms) / next[1]) : 0
  return first >= 0 && next && rest > 0 ? `${head} ${rest} ${next[0]}` : head
}
