import type { Problem } from '../../../contract/problem.ts'
import type { TracedResponse } from '../../http/exchange.ts'
import { problem, type ProblemError } from '../../problems/problem-error.ts'
import { apiErrorOf, sentenceOf, type ApiError } from '../../protocol/read-api-error.ts'
import type { LastAnswer, RunContext } from '../../runs/run-context.ts'

/** An answer that is no success, and how the API's names of members are called here. */
export interface RefusedAnswer {
  response: TracedResponse
  answer: LastAnswer
  /** the API's name of a member to the parameter that it comes from */
  parameterOf: (member: string) => string
}

const longestText = 200
const longestId = 100

/** The problem of an answer that is no success: whichever shape its error has, with the id the API gave the request. */
export async function refusalOf(context: RunContext, refused: RefusedAnswer): Promise<ProblemError> {
  const { response, answer, parameterOf } = refused
  const { status } = response
  const error = apiErrorOf(answer.json)
  const fields = error?.fields?.map(({ name, detail }) => ({ name: parameterOf(name), detail }))
  const words = error ? ` ${sentenceOf(error)}` : await textOf(context, response)
  return problem('management-refused', `${placeOf(response)} answered ${status}.${words}${requestIdIn(response)}`, {
    status,
    specification: 'RFC 9110 §15',
    exchange: answer.exchange,
    ...(fields ? { fields } : {}),
    ...oauthOf(error),
    whatToDo: adviceFor(status, response, fields),
  })
}

/** A redirect is not followed. SECURITY: the key would go where the answer says. */
export function redirectRefusal(response: TracedResponse, exchange: string): ProblemError {
  const location = response.headers.get('location') ?? ''
  const to = URL.parse(location, response.url)?.origin ?? 'nowhere'
  return problem(
    'redirect-to-other-origin',
    `${placeOf(response)} answered ${response.status} and redirects to ${to}. A management API is not followed there.`,
    {
      status: response.status,
      exchange,
      whatToDo: [`If ${to} is the right server, name its address (api_base) and give its key.`],
    },
  )
}

/** ` (request id …)` when the API gave one: its support asks for it. */
export function requestIdIn({ headers }: TracedResponse): string {
  const id = headers.get('x-request-id')
  return id ? ` (request id ${id.slice(0, longestId)})` : ''
}

/** Host and path of an answer. */
export function placeOf({ url }: TracedResponse): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

/** The beginning of what an answer says, as it goes after another sentence. */
export async function textOf(context: RunContext, response: TracedResponse): Promise<string> {
  const text = (await response.text()).replace(/\s+/g, ' ').trim()
  if (text === '') return ' It says no more.'
  // SECURITY: masked before it is cut: half a secret is not found any more.
  const masked = context.masked({ text }).text
  return ` It says: ${masked.slice(0, longestText)}${masked.length > longestText ? '…' : ''}`
}

/** The shape of RFC 6749 §5.2 has a code that is a word; numbers of other shapes stand in the detail. */
function oauthOf(error: ApiError | undefined): Pick<Problem, 'oauth'> {
  if (error?.code === undefined || /^\d/.test(error.code)) return {}
  return { oauth: { error: error.code, ...(error.detail === '' ? {} : { error_description: error.detail }) } }
}

function adviceFor(status: number, response: TracedResponse, fields: Problem['fields']): string[] {
  if (status === 401) return ['Check the API key (api_key): this one is not known there, or is no longer.']
  if (status === 403) return ['The API key (api_key) is known, and may not do this: use one that may.']
  if (status === 404) {
    return [
      'Check the id: there is nothing of this id, or it belongs to another account.',
      `Check the address of the management API (api_base): it was ${new URL(response.url).origin}.`,
    ]
  }
  if (status === 409) return ['Look at it as it is now: something else changed it, or stands in the way.']
  if (status === 429) return ['Wait, and try again: the API takes only so many requests in a time.']
  if (status >= 500) return ['The server failed: try again later, or tell its support the request id.']
  return fields?.length
    ? [`Change what it names (${fields.map(({ name }) => name).join(', ')}), and send it again.`]
    : ['Look at the answer: it says what the API did not like.']
}
