import { formatSeconds } from './duration.ts'

const twoDigits = (number: number) => String(number).padStart(2, '0')

/** Clock of this machine: `14:12:31`, with the date in front when it is another day than `now`. Milliseconds in. */
export function formatClock(at: number, now: number): string {
  const date = new Date(at)
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')
  if (date.toDateString() === new Date(now).toDateString()) return clock
  const day = `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
  return `${day} ${clock}`
}

/** A moment of this machine as ISO 8601 with its offset: `2026-11-20T14:12:31+01:00`. Milliseconds in. */
export function formatLocal(at: number): string {
  const minutes = -new Date(at).getTimezoneOffset()
  const local = new Date(at + minutes * 60_000).toISOString().slice(0, 19)
  const distance = Math.abs(minutes)
  return `${local}${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(distance / 60))}:${twoDigits(distance % 60)}`
}

/** Distance from now: `in 9 m 52 s`, `6 s ago`, `now`. Milliseconds in. */
export function formatDistance(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000)
  if (seconds === 0) return 'now'
  return seconds > 0 ? `in ${formatSeconds(seconds)}` : `${formatSeconds(-seconds)} ago`
}
