const units: [name: string, seconds: number][] = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
]

/** A distance in its two largest units: `1 h 52 m`, `45 s`, `0 s`. */
export function distanceOf(seconds: number): string {
  const whole = Math.round(Math.abs(seconds))
  const first = units.findIndex(([, size]) => whole >= size)
  if (first < 0) return '0 s'
  let rest = whole
  const parts = units.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return { name, count }
  })
  return parts
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`)
    .join(' ')
}

/** A point in time as distance and clock: `in 1 m 52 s (2026-11-20 14:32:10Z)`. */
export function pointOf(at: Date, now: Date): string {
  if (Number.isNaN(at.getTime())) return 'no valid time'
  const seconds = (at.getTime() - now.getTime()) / 1000
  const distance = distanceOf(seconds)
  const words = Math.round(seconds) === 0 ? 'now' : seconds > 0 ? `in ${distance}` : `${distance} ago`
  return `${words} (${at.toISOString().slice(0, 19).replace('T', ' ')}Z)`
}

/** A time as this machine's clock shows it, to the minute: `2026-11-20 14:32`. */
export function localMinuteOf(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return 'no valid time'
  const two = (part: number) => String(part).padStart(2, '0')
  const day = [String(at.getFullYear()).padStart(4, '0'), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** A point in time by this machine's clock and as distance: `2026-11-20 14:32, in 3 d 4 h`. */
export function localPointOf(iso: string, now: Date): string {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000
  if (Number.isNaN(seconds)) return localMinuteOf(iso)
  const distance = distanceOf(seconds)
  return `${localMinuteOf(iso)}, ${seconds >= 0 ? `in ${distance}` : `${distance} ago`}`
}

/** A duration of machine work: `12 ms`, `1.24 s`, `2 m 5 s`. */
export function durationOf(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  return ms < 60_000 ? `${(ms / 1000).toFixed(2)} s` : distanceOf(ms / 1000)
}
