import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import { shortenMasks } from '../../contract/mask.ts'
import { findingsOf } from '../../contract/rules/index.ts'
import type { Exchange, Run } from '../../contract/run.ts'
import { requestIdsOf } from '../../contract/sharing-request-ids.ts'
import { headerOf } from '../runs/record-body.ts'
import { hasFailed, statusOf } from './exchange-page.ts'
import { codeBlock, codeSpan } from './markdown-code.ts'
import type { SharedRun } from './mask-for-others.ts'
import { utc } from './run-page.ts'

/** A ticket is read by somebody in a hurry. */
const mostLines = 30
const mostBodyLines = 5

/** A run in at most 30 lines of Markdown. Every text of a stranger stands in it as code. */
export function makeTicket(shared: SharedRun): string {
  const { run } = shared
  const exchange = exchangeToShow(run)
  const lines = [
    `**${codeSpan(run.title)} ${outcomeWords[run.outcome]}**`,
    '',
    ...rows([
      ['Time', codeSpan(utc(exchange?.startedAt ?? run.startedAt))],
      ...(exchange ? exchangeRows(shared, exchange) : []),
      ['Error', errorOf(run)],
      ['Likeliest cause', causeOf(run)],
      ['What to do', codeSpan(run.problem?.whatToDo?.[0] ?? '')],
    ]),
    ...(exchange ? messages(shared, exchange) : []),
    `Grantlab, run ${run.number}; secrets and personal data are masked.`,
  ]
  return `${lines.slice(0, mostLines).join('\n')}\n`
}

function exchangeRows(shared: SharedRun, exchange: Exchange): [label: string, value: string][] {
  const { request } = exchange
  return [
    ['Endpoint', codeSpan(`${request.method} ${shortenMasks(request.url)}`)],
    ['Status', codeSpan(statusOf(exchange))],
    ['Request ids', idsOf(exchange, bodyOf(shared, exchange.response?.body) ?? '')],
  ]
}

const outcomeWords = {
  running: 'did not end',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  'needs-person': 'needs a person',
}

/** What a run asks on its way to something else, the most telling last. */
const onTheWay = [
  'reach',
  'cors',
  'redirect',
  'jwks',
  'metadata',
  'authorization',
  'consent-read',
  'consent-decision',
  'token',
  'registration-read',
]

/**
 * The request that the problem points at, else the last that was refused. Of a run that went well, what it is about: it
 * asks for metadata, keys and tokens on the way to anything else, and may well look where nothing is.
 */
function exchangeToShow({ problem, exchanges, outcome }: Run): Exchange | undefined {
  if (outcome !== 'succeeded') {
    return exchanges.find(({ id }) => id === problem?.exchange) ?? exchanges.findLast(hasFailed) ?? exchanges.at(-1)
  }
  const answered = exchanges.filter((exchange) => !hasFailed(exchange))
  return answered.toSorted((a, b) => weightOf(b) - weightOf(a))[0] ?? exchanges.at(-1)
}

/** How much a request says of its run; pages that a browser was led over say least. */
function weightOf({ actor, purpose }: Exchange): number {
  if (actor === 'browser') return -1
  return onTheWay.includes(purpose) ? onTheWay.indexOf(purpose) : onTheWay.length
}

function rows(all: readonly [label: string, value: string | undefined][]): string[] {
  return all.flatMap(([label, value]) => (value ? [`- ${label}: ${value}`] : []))
}

function errorOf({ problem }: Run): string | undefined {
  if (!problem) return undefined
  const { oauth, title } = problem
  if (!oauth) return codeSpan(title)
  return [codeSpan(oauth.error), codeSpan(oauth.error_description ?? '')].filter(Boolean).join(' ')
}

function idsOf({ response }: Exchange, answer: string): string {
  const ids = requestIdsOf(response?.headers ?? [], objectOf(answer))
  return ids
    .slice(0, 8)
    .map(([name, value]) => `${codeSpan(name, 60)} ${codeSpan(value, 200)}`)
    .join(', ')
}

/** The problem says what happened; the worst finding often why. */
function causeOf(run: Run): string | undefined {
  const [finding] = findingsOf(run)
  const told = [
    run.problem ? `${codeSpan(run.problem.title)}: ${codeSpan(run.problem.detail)}` : '',
    finding ? `${finding.title}: ${codeSpan(finding.explanation)}` : '',
  ]
  return told.filter(Boolean).join(' ') || undefined
}

function messages(shared: SharedRun, exchange: Exchange): string[] {
  const { request, response } = exchange
  const sent = bodyOf(shared, request.body)
  const answer = bodyOf(shared, response?.body)
  const kind = headerOf(response?.headers ?? [], 'content-type')
  return [
    '',
    ...codeBlock([
      `${request.method} ${shortenMasks(request.url)}`,
      ...(sent === undefined ? [] : bodyLines(sent)),
      '',
      statusOf(exchange),
      ...(kind ? [`Content-Type: ${kind}`] : []),
      ...(answer === undefined ? [] : bodyLines(answer)),
    ]),
  ]
}

function bodyOf({ bodies }: SharedRun, body: { id: string; inline?: string } | undefined): string | undefined {
  return body && (body.inline ?? bodies.get(body.id) ?? '(left out)')
}

function bodyLines(text: string): string[] {
  const lines = shortenMasks(text)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
  return lines.length > mostBodyLines ? [...lines.slice(0, mostBodyLines), '…'] : lines
}

function objectOf(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
