const unitList = [
  ['y', 31_557_600],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const

/** A duration for people: `8 ms`, `6.1 s`, `9 m 52 s`, `3 d 4 h`. Milliseconds in; never negative. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < 10 && ms % 1 !== 0) return `${ms.toFixed(1)} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  return formatSeconds(ms / 1000)
}

/** Whole seconds as at most two units: `52 s`, `1 m 52 s`, `2 h 5 m`. */
export function formatSeconds(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds))
  const parts: string[] = []
  for (const [unit, size] of unitList) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${unit}`)
    else if (parts.length > 0) break
    if (parts.length === 2) break
  }
  return parts.join(' ') || '0 s'
}

/** A size for people: `812 B`, `4.2 KB`, `1.3 MB`; 1 KB is 1,024 bytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const inKilobytes = bytes / 1024
  return inKilobytes < 1024 ? `${inKilobytes.toFixed(1)} KB` : `${(inKilobytes / 1024).toFixed(1)} MB`
}

/** A count with its noun: `1 request`, `3 requests`. */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
