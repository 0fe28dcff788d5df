import type { ExchangeTimings } from '../../../../contract/http.ts'

/** One phase of an exchange, as a bar: where it begins and how long it is, in percent of the whole. */
export interface TimingBar {
  title: string
  milliseconds: number
  startPercent: number
  widthPercent: number
}

const phases = [
  ['dnsMs', 'Name lookup'],
  ['proxyMs', 'Proxy'],
  ['connectMs', 'Connect'],
  ['tlsMs', 'TLS handshake'],
  ['sendMs', 'Send'],
  ['waitMs', 'Wait for the answer'],
  ['receiveMs', 'Receive'],
] as const satisfies (readonly [keyof ExchangeTimings, string])[]

/** The phases that happened, one after the other; what no phase explains comes last as `Other`. */
export function timingBarsOf(timings: ExchangeTimings): TimingBar[] {
  const took = phases.flatMap(([name, title]): { title: string; milliseconds: number }[] => {
    const milliseconds = timings[name]
    return milliseconds === undefined ? [] : [{ title, milliseconds }]
  })
  const explainedMs = took.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const otherMs = timings.totalMs - explainedMs
  if (otherMs >= 0.05) took.push({ title: 'Other', milliseconds: otherMs })
  const wholeMs = Math.max(timings.totalMs, explainedMs) || 1
  let startMs = 0
  return took.map(({ title, milliseconds }) => {
    const startPercent = (startMs / wholeMs) * 100
    startMs += milliseconds
    return { title, milliseconds, startPercent, widthPercent: (milliseconds / wholeMs) * 100 }
  })
}
