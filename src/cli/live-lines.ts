import type { RunEvent } from '../contract/events.ts'
import { shortenMasks } from '../contract/mask.ts'
import type { Exchange, Run, RunStep } from '../contract/run.ts'
import { durationOf } from './human-time.ts'
import { line, type Paint, type Painted } from './paint.ts'

const longestUrl = 160

/**
 * What the command line prints when an event comes in; `run` already holds it. Steps and exchanges as they happen, in
 * an order that is fit to be read.
 */
export function linesOf(event: RunEvent, run: Run, paint: Paint): Painted[] {
  switch (event.type) {
    case 'run.started':
      return startLines(run, paint)
    case 'step.started':
      return [line`${indentOf(run, event.parent)}${paint.bold(event.title)}`]
    case 'decision.recorded':
      return [
        line`${indentOf(run, event.step)}${paint.dim(`${event.subject}: ${event.choice} (${shortenMasks(event.reason)})`)}`,
      ]
    case 'exchange.answered':
    case 'exchange.failed':
      return run.exchanges
        .filter(({ id }) => id === event.exchange)
        .map((exchange) => exchangeLine(exchange, run, paint))
    case 'message.recorded':
      return [line`${indentOf(run, event.step)}${messageText(event)}`]
    case 'redirect.ignored':
      return ignoredLines(event, run, paint)
    default:
      return []
  }
}

function startLines({ title, profile, number }: Run, paint: Paint): Painted[] {
  return [
    line`${paint.bold(title)}${profile === null ? '' : ` with profile ${profile}`}${paint.dim(`, run ${number}`)}`,
  ]
}

/** Two blanks for each step above, and for the first. */
function indentOf(run: Run, step: string | null): string {
  let depth = 0
  let at: RunStep | undefined = run.steps.find(({ id }) => id === step)
  for (; at && depth < 8; depth++) {
    const { parent } = at
    at = run.steps.find(({ id }) => id === parent)
  }
  return '  '.repeat(depth)
}

function exchangeLine(exchange: Exchange, run: Run, paint: Paint): Painted {
  const { request, response, problem, timings, actor } = exchange
  const status = response ? statusOf(response.status, paint) : paint.bad('---')
  const lane = actor === 'browser' ? paint.dim('browser ') : ''
  const url = cut(shortenMasks(request.url))
  const time = timings ? paint.dim(durationOf(timings.totalMs)) : ''
  const failure = problem ? paint.bad(` ${problem.title}`) : ''
  return line`${indentOf(run, exchange.step)}${status} ${lane}${request.method} ${url} ${time}${failure}`
}

/** A long query would bury the rest; `--json` has it whole. */
function cut(url: string): string {
  return url.length > longestUrl ? `${url.slice(0, longestUrl)}… (${url.length} characters)` : url
}

function statusOf(status: number, paint: Paint): Painted {
  const text = String(status)
  if (status >= 400) return paint.bad(text)
  return status >= 300 ? paint.accent(text) : paint.good(text)
}

function messageText({ message }: Extract<RunEvent, { type: 'message.recorded' }>): string {
  const arrow = message.direction === 'to-browser' ? '→' : '←'
  const via = message.via ? ` (${message.via})` : ''
  return `${arrow} ${message.title}${via}`
}

function ignoredLines(event: Extract<RunEvent, { type: 'redirect.ignored' }>, run: Run, paint: Paint): Painted[] {
  const indent = indentOf(run, event.step)
  return [
    line`${indent}${paint.warn('ignored')} ${shortenMasks(event.reason)}`,
    ...event.differs.map(
      ({ name, expected, received }) =>
        line`${indent}  ${name}: expected ${shortenMasks(expected)}, received ${shortenMasks(received)}`,
    ),
  ]
}
