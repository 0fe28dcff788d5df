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

/** Distance from now: `in 9 m 52 s`, `6 s ago`, `now`. Milliseconds in. */
export function formatDistance(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000)
  if (seconds === 0) return 'now'
  return seconds > 0 ? `in ${formatSeconds(seconds)}` : `${formatSeconds(-seconds)} ago`
}
