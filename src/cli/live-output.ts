import type { RunEvent } from '../contract/events.ts'
import { shortenMasks } from '../contract/mask.ts'
import type { Run } from '../contract/run.ts'
import { print, type CliProcess, type Output } from './cli-process.ts'
import { durationOf } from './human-time.ts'
import { linesOf } from './live-lines.ts'
import { targetLine } from './managed-lines.ts'
import { createPaint, line, type Paint, type Painted } from './paint.ts'
import { preflightLines } from './preflight-lines.ts'

/** Shows a run as it happens. */
export interface LiveOutput {
  /** `run` already holds the event */
  show(event: RunEvent, run: Run): void
  /** Leaves the last progress standing, as a line of its own. */
  end(): void
}

/** Back to the first column, and the line empty. */
const clearLine = '\r\u001b[2K'

/**
 * Creates what shows the events of a run as lines. On a terminal the progress of a list stands in one line that changes,
 * and stands for the requests of its further pages too; elsewhere each page is a line like all others.
 */
export function createLiveOutput(output: Output, environment: CliProcess['environment']): LiveOutput {
  const paint = createPaint(output, environment)
  const isInPlace = output.isTTY && environment.TERM !== 'dumb'
  let standing = false
  const put = (lines: readonly Painted[]) => {
    if (lines.length === 0) return
    if (standing) output.write(clearLine)
    standing = false
    print(output, lines)
  }
  return {
    show(event, run) {
      if (event.type === 'rows.received' && isInPlace) {
        output.write(`${clearLine}${progressLine(run, paint).painted}`)
        standing = true
      } else if (!(isInPlace && isOfFurtherPage(event, run))) put(linesFor(event, run, paint))
    },
    end() {
      if (standing) output.write('\n')
      standing = false
    },
  }
}

function linesFor(event: RunEvent, run: Run, paint: Paint): Painted[] {
  if (event.type === 'rows.received') return [progressLine(run, paint)]
  if (event.type === 'target.finished') return [line`  ${targetLine(event, paint)}`]
  if (event.type === 'registration.known') return preflightLines(run, paint)
  if (event.type === 'pause.started') return [pauseLine(event, paint)]
  return linesOf(event, run, paint)
}

/** `page 3 of 40, 300 clients` */
function progressLine({ pages }: Run, paint: Paint): Painted {
  const last = pages.at(-1)
  const count = pages.reduce((sum, { rows }) => sum + rows.length, 0)
  const kinds = new Set(pages.flatMap(({ rows }) => rows.slice(0, 1).map(({ kind }) => kind)))
  const [kind = 'row'] = kinds
  const place = `page ${last?.page ?? 0}${last?.pages === undefined ? '' : ` of ${last.pages}`}`
  return line`  ${paint.dim(`${place}, ${count} ${kind}${count === 1 ? '' : 's'}`)}`
}

function pauseLine(event: Extract<RunEvent, { type: 'pause.started' }>, paint: Paint): Painted {
  const ms = new Date(event.until).getTime() - new Date(event.at).getTime()
  const long = Number.isNaN(ms) ? '' : ` for ${durationOf(Math.max(0, ms))}`
  return line`  ${paint.warn(`waiting${long}`)}  ${shortenMasks(event.reason)}  ${paint.dim('Ctrl+C cancels')}`
}

/** A page's request that went well says nothing that the progress does not. */
function isOfFurtherPage(event: RunEvent, { pages, exchanges }: Run): boolean {
  if (event.type !== 'exchange.answered' || pages.length === 0) return false
  const exchange = exchanges.find(({ id }) => id === event.exchange)
  const purpose = exchanges.find(({ id }) => id === pages[0]?.exchange)?.purpose
  return exchange?.purpose === purpose && event.response.status < 300
}
