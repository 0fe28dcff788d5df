import type { Json, JsonObject, NameValue } from '../../../contract/json.ts'
import type { TracedResponse } from '../../http/exchange.ts'
import { problem, ProblemError } from '../../problems/problem-error.ts'
import { toProblem } from '../../problems/to-problem.ts'
import type { LastAnswer, RunContext } from '../../runs/run-context.ts'
import { askedDelayOf } from './asked-delay.ts'
import { placeOf, redirectRefusal, refusalOf, requestIdIn, textOf } from './refusal.ts'
import { createTurns, type AskedWait } from './turns.ts'

/** A request to a management API. */
export interface ManagementRequest {
  purpose: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** below the base address, with every id encoded */
  path: string
  query?: NameValue[]
  body?: JsonObject
  /** what happens there, for a person who must find out whether it did: `the client was changed` */
  effect?: string
}

/** An answer of success. */
export interface ManagementAnswer {
  exchange: string
  status: number
  /** undefined for an answer without content */
  json: Json | undefined
}

/** A management API that takes a key as Bearer token and answers JSON. */
export interface ManagementApi {
  /**
   * Sends a request and answers any success. Reads are tried again, at most twice; nothing that changes something ever is.
   * @throws ProblemError management-refused, outcome-unknown, response-not-json, body-too-large; environment problems
   */
  send(request: ManagementRequest): Promise<ManagementAnswer>
}

/** What an API is reached with. */
export interface ManagementApiOptions {
  /** absolute, without a slash at its end */
  base: string
  key: string
  parameterOf: (member: string) => string
}

const mostTries = 3
const firstDelayMs = 500

/** Creates the way to one API for one run. */
export function createManagementApi(context: RunContext, options: ManagementApiOptions): ManagementApi {
  const turns = createTurns(context)
  const { base, key, parameterOf } = options
  return {
    async send(request) {
      for (let tries = 1; ; tries++) {
        await turns.take()
        if (tries > 1) tellAgain(context, tries)
        const sent = await attempt(context, request, { address: addressOf(base, request), key })
        const mayRepeat = request.method === 'GET' && tries < mostTries
        const wait = waitAfter(context, sent, tries)
        // What changes something is never sent again; when there were too many requests, the next one waits.
        if (wait && (mayRepeat || sent.response?.status === 429)) turns.ask(wait)
        if (!wait || !mayRepeat) return settle(context, { request, sent, parameterOf })
      }
    },
  }
}

interface Settling {
  request: ManagementRequest
  sent: Sent
  parameterOf: (member: string) => string
}

async function settle(context: RunContext, { sent, ...about }: Settling): Promise<ManagementAnswer> {
  if (sent.response === undefined) throw sent.lost
  const answered = { ...about, ...sent }
  await requireSuccess(context, answered)
  return readAnswer(context, answered)
}

function addressOf(base: string, { path, query = [] }: ManagementRequest): string {
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  return `${base}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`
}

type Sent = { response: TracedResponse; answer: LastAnswer } | { response?: undefined; lost: ProblemError }

/** One exchange. @throws ProblemError outcome-unknown when the answer to a change was lost; environment problems */
async function attempt(
  context: RunContext,
  { purpose, method, body, effect }: ManagementRequest,
  { address, key }: { address: string; key: string },
): Promise<Sent> {
  try {
    const response = await context.fetch(address, {
      purpose,
      method,
      // SECURITY: a redirect is not followed: the key is for this API alone.
      redirect: 'manual',
      headers: [
        ['Accept', 'application/json'],
        ['Authorization', `Bearer ${key}`],
        ...(body ? ([['Content-Type', 'application/json']] as const) : []),
      ] as NameValue[],
      body: body ? JSON.stringify(body) : null,
    })
    return { response, answer: context.lastAnswer(purpose)! }
  } catch (error) {
    const { code } = toProblem(error)
    if (method === 'GET' && code === 'connection-lost' && error instanceof ProblemError) return { lost: error }
    if (method === 'GET' || (code !== 'connection-lost' && code !== 'timeout')) throw error
    throw outcomeUnknown(error, effect)
  }
}

function outcomeUnknown(error: unknown, effect = 'it was done'): ProblemError {
  const { title, detail, status, exchange } = toProblem(error)
  return problem('outcome-unknown', `${title}: ${detail} Nobody knows whether ${effect}.`, {
    ...(status === undefined ? {} : { status }),
    ...(exchange === undefined ? {} : { exchange }),
    cause: error,
    whatToDo: ['Read it again before anything else: it shows whether it was done. It was not sent a second time.'],
  })
}

/** The wait before an answer may be asked for again; undefined when it is final. */
function waitAfter({ clock }: RunContext, sent: Sent, tries: number): AskedWait | undefined {
  const { response } = sent
  if (response && response.status !== 429 && response.status < 500) return undefined
  const asked = response && askedDelayOf(response.headers, clock.now())
  const ms = asked ?? firstDelayMs * 2 ** (tries - 1)
  const why = response ? `${placeOf(response)} answered ${response.status}` : 'The connection broke'
  const words = asked === undefined ? 'without saying how long to wait' : `and asks to wait ${asked / 1000} s`
  return { ms, reason: `${why} ${response ? words : 'in the middle'}.`, exchange: response && sent.answer.exchange }
}

function tellAgain(context: RunContext, tries: number): void {
  context.decide({
    subject: 'try again',
    choice: `${tries} of ${mostTries}`,
    reason: 'Reading changes nothing, so it may be sent again; what changes something never is.',
    specification: 'RFC 9110 §9.2.2',
  })
}

interface Answered {
  request: ManagementRequest
  response: TracedResponse
  answer: LastAnswer
  parameterOf: (member: string) => string
}

async function requireSuccess(context: RunContext, answered: Answered): Promise<void> {
  const { request, response, answer } = answered
  const { status } = response
  if (status >= 200 && status < 300) return
  if (status >= 300 && status < 400) throw redirectRefusal(response, answer.exchange)
  const refusal = await refusalOf(context, answered)
  // A server that fell over may have done it before.
  throw status >= 500 && request.method !== 'GET' ? outcomeUnknown(refusal, request.effect) : refusal
}

async function readAnswer(context: RunContext, answered: Answered): Promise<ManagementAnswer> {
  const { request, response, answer } = answered
  const { exchange, json } = answer
  if (response.truncated) throw tooLarge(response, exchange)
  // A deletion that was answered with success was done, whatever else the answer says.
  if (json === undefined && request.method !== 'DELETE') throw await notJson(context, answered)
  if (json !== undefined && !/[/+]json$/.test(answer.mediaType)) {
    const choice = answer.mediaType || 'none'
    context.decide({ subject: 'content type', choice, reason: 'The answer is JSON all the same, and is read as such.' })
  }
  return { exchange, status: response.status, json }
}

function tooLarge(response: TracedResponse, exchange: string): ProblemError {
  return problem('body-too-large', `${placeOf(response)} answered more than Grantlab reads.`, {
    exchange,
    whatToDo: ['Read fewer at a time (page_size).'],
  })
}

async function notJson(context: RunContext, { response, answer, request }: Answered): Promise<ProblemError> {
  const detail = `${placeOf(response)} answered ${response.status} with something that is not JSON.`
  const words = `${detail}${await textOf(context, response)}${requestIdIn(response)}`
  const more = { status: response.status, exchange: answer.exchange, specification: 'RFC 8259 §2' }
  const whatToDo = ['Check the address of the management API (api_base).']
  if (request.method === 'GET') return problem('response-not-json', words, { ...more, whatToDo })
  return outcomeUnknown(problem('response-not-json', words, more), request.effect)
}
