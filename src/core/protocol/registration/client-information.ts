import { isJsonObject, type JsonObject } from '../../../contract/json.ts'
import type { TracedResponse } from '../../http/exchange.ts'
import { problem, type ProblemError } from '../../problems/problem-error.ts'
import { toProblem } from '../../problems/to-problem.ts'
import type { LastAnswer, RunContext } from '../../runs/run-context.ts'
import { registrationRefusal, type RegistrationRefusal } from './registration-refusal.ts'

/** What a server says about a client, in clear. */
export interface ClientInformation {
  exchange: string
  status: number
  /** the whole document; its `client_id` is a text */
  document: JsonObject
}

/** An answer that should tell about a client. */
export interface InformationAnswer extends Omit<RegistrationRefusal, 'answer'> {
  /** finds the recorded exchange */
  purpose: string
  response: TracedResponse
  /** the status that the specification wants */
  expected: 200 | 201
  /** whose registration it is; absent while it has no name yet */
  clientId?: string
}

/**
 * Reads a client information response. Every 2xx with a client is taken, because the client is there then; how the strict
 * verdict differs is said by the run.
 * @throws ProblemError registration-refused or management-refused, response-not-json, response-unexpected, body-too-large
 * @see RFC 7591 §3.2.1, RFC 7592 §3
 */
export async function readClientInformation(
  context: RunContext,
  answer: InformationAnswer,
): Promise<ClientInformation> {
  const { purpose, response, expected, clientId } = answer
  const last = context.lastAnswer(purpose)!
  const { exchange, status, json } = last
  if (response.ok && isJsonObject(json) && typeof json.client_id === 'string' && json.client_id !== '') {
    // SECURITY: what is kept of one client must not become another's, whose secret and token then go with it.
    if (clientId !== undefined && json.client_id !== clientId) throw ofAnother(answer, last, json.client_id)
    const objection = await objectionOf(response, expected)
    if (objection) {
      const { specification } = answer
      context.decide({ subject: 'client information', choice: 'taken all the same', reason: objection, specification })
    }
    return { exchange, status, document: json }
  }
  throw problemOfAnswer(answer, last)
}

/** What the library would refuse the answer for; it knows the answer of a registration only. */
async function objectionOf(response: TracedResponse, expected: 200 | 201): Promise<string | undefined> {
  if (expected === 200) return response.status === 200 ? undefined : `The server answered ${response.status}, not 200.`
  if (response.status !== 201) return `The server answered ${response.status}, not 201.`
  try {
    const { processDynamicClientRegistrationResponse } = await import('oauth4webapi')
    await processDynamicClientRegistrationResponse(response.clone())
    return undefined
  } catch (error) {
    return toProblem(error).detail
  }
}

function ofAnother({ what, specification }: InformationAnswer, { exchange, status }: LastAnswer, other: string) {
  return problem('response-unexpected', `${what} answered with another client: ${JSON.stringify(other)}.`, {
    exchange,
    status,
    specification,
    whatToDo: ['Check that address and token are those of this client (client_id). Nothing of the answer was kept.'],
  })
}

function problemOfAnswer({ response, ...about }: InformationAnswer, answer: LastAnswer): ProblemError {
  const { exchange, status, mediaType, json } = answer
  if (status >= 400) return registrationRefusal({ ...about, answer })
  const more = { exchange, status, specification: about.specification }
  if (status >= 300) {
    return problem('response-unexpected', `${about.what} answered ${status}, a redirect, which is not followed.`, {
      ...more,
      whatToDo: ['Use the address at which the redirect ends.'],
    })
  }
  if (response.truncated) return problem('body-too-large', `${about.what} answered more than Grantlab reads.`, more)
  if (json === undefined) {
    const what = `${about.what} answered ${status} with ${mediaType || 'no content type'}, not JSON.`
    return problem('response-not-json', what, more)
  }
  return problem('response-unexpected', `${about.what} answered ${status} without a client_id.`, more)
}
