import type { Run } from './run.ts'

/** The `Date` header counts whole seconds, so the server's time lies anywhere within one. */
const headerResolutionMs = 1000

/** How far the server's clock is from this machine's. */
export interface ClockSkew {
  /** positive: the server's clock is ahead */
  milliseconds: number
  /** how wrong the estimate may be */
  uncertaintyMs: number
}

/**
 * Estimates the skew from the `Date` headers of a run's answers (RFC 9110 §6.6.1): the answer that came back quickest
 * says most. Undefined when no answer has the header.
 */
export function clockSkewOf({ exchanges }: Pick<Run, 'exchanges'>): ClockSkew | undefined {
  let best: ClockSkew | undefined
  for (const { startedAt, response, timings } of exchanges) {
    const header = response?.headers.find(([name]) => name.toLowerCase() === 'date')?.[1]
    const serverMs = header === undefined ? NaN : Date.parse(header)
    if (Number.isNaN(serverMs) || !timings) continue
    const uncertaintyMs = (headerResolutionMs + timings.totalMs) / 2
    if (best && best.uncertaintyMs <= uncertaintyMs) continue
    const ourMs = Date.parse(startedAt) + timings.totalMs / 2
    best = { milliseconds: serverMs + headerResolutionMs / 2 - ourMs, uncertaintyMs }
  }
  return best
}

/** Whether the clocks may well agree. */
export function clocksAgree({ milliseconds, uncertaintyMs }: ClockSkew): boolean {
  return Math.abs(milliseconds) <= uncertaintyMs + headerResolutionMs / 2
}
