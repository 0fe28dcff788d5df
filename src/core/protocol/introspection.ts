import type { AuthorizationServer, Client, ClientAuth } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import { isJsonObject, type JsonObject } from '../../contract/json.ts'
import { problemClassOf } from '../../contract/problem.ts'
import type { TracedResponse } from '../http/exchange.ts'
import { problem } from '../problems/problem-error.ts'
import { toProblem } from '../problems/to-problem.ts'
import type { LastAnswer, RunContext } from '../runs/run-context.ts'
import { boundedDocument } from './bounded.ts'
import { chooseClientAuth } from './choose-client-auth.ts'
import { endpointRefusal, withMethodsOf } from './endpoint-refusal.ts'
import { proveIntrospection } from './introspection-proofs.ts'
import { isSignedAnswer, readSignedIntrospection } from './introspection-jwt.ts'
import { libraryFetch } from './library-options.ts'
import { hintFor, type TokenAskedAbout } from './token-asked-about.ts'
import { endpointOf } from './token-request.ts'

/** A token with whom to ask about it. */
export interface IntrospectionRequest {
  server: AuthorizationServer
  parameters: ParameterValues
  token: TokenAskedAbout
}

/** Who asks, and how that is proved. */
interface Asker {
  client: Client
  authenticate: ClientAuth
  /** a client authentication method, or `bearer` */
  method: string
}

/**
 * Asks whether a token is active and answers everything the server says, bounded, `active` first; what rules need is
 * proved.
 * @throws ProblemError introspection-refused, response-not-json, response-unexpected, endpoint-missing, environment ones
 * @see RFC 7662 §2
 */
export async function introspect(context: RunContext, request: IntrospectionRequest): Promise<JsonObject> {
  const { server, parameters, token } = request
  endpointOf(server, 'introspection_endpoint')
  const asker = await askerOf(context, server, parameters)
  const library = await import('oauth4webapi')
  const response = (await library.introspectionRequest(server, asker.client, asker.authenticate, token.value, {
    [library.customFetch]: libraryFetch(context, server),
    [library.allowInsecureRequests]: true,
    requestJwtResponse: parameters.answer === 'jwt',
    additionalParameters: hintFor(token, parameters) as Record<string, string>,
  })) as TracedResponse
  const answer = await readAnswer(context, { server, client: asker.client, response })
  const { active, ...rest } = answer
  proveIntrospection(context, { answer, token, authentication: asker.method })
  return boundedDocument({ active: active ?? null, ...rest })
}

/** @see RFC 7662 §2.1 */
async function askerOf(context: RunContext, server: AuthorizationServer, parameters: ParameterValues): Promise<Asker> {
  if (parameters.authorization === 'bearer') return bearerOf(context, parameters)
  if (parameters.client_id === undefined) {
    throw problem('parameter-missing', 'Client (client_id) is needed: the endpoint answers to those it knows only.', {
      specification: 'RFC 7662 §2.1',
      whatToDo: ['Set the client.', 'Or authorize by an API key or a token (authorization bearer).'],
    })
  }
  const { client, authenticate, method } = await chooseClientAuth(
    context,
    withMethodsOf(server, 'introspection'),
    parameters,
  )
  return { client, authenticate, method: method.id }
}

function bearerOf(context: RunContext, { bearer_token, client_id }: ParameterValues): Asker {
  if (typeof bearer_token !== 'string') {
    throw problem('parameter-missing', 'Bearer token (bearer_token) is needed to authorize the question.', {
      specification: 'RFC 7662 §2.1',
      whatToDo: ['Give an API key or an access token.', 'Or authorize as a client (authorization client).'],
    })
  }
  context.learn(bearer_token)
  context.decide({
    subject: 'authorization',
    choice: 'bearer',
    reason: 'Chosen by hand: the Authorization header carries a token in place of client authentication.',
    specification: 'RFC 7662 §2.1',
  })
  return {
    client: { client_id: client_id === undefined ? 'unknown' : String(client_id) },
    authenticate: (...[, , , headers]) => headers.set('authorization', `Bearer ${bearer_token}`),
    method: 'bearer',
  }
}

/** An answer with whom it is for. */
interface Answered {
  server: AuthorizationServer
  client: Client
  response: TracedResponse
}

async function readAnswer(context: RunContext, answered: Answered): Promise<JsonObject> {
  const { response } = answered
  const last = context.lastAnswer('introspection')!
  const { exchange, status, json, mediaType } = last
  if (response.truncated) throw problem('body-too-large', 'The introspection answer is over 5 MiB.', { exchange })
  if (status >= 400 || isErrorWith200(last)) throw endpointRefusal('introspection', last, response)
  if (isSignedAnswer(mediaType)) return readSignedIntrospection(context, answered)
  if (json === undefined) {
    throw problem(
      'response-not-json',
      `The introspection endpoint answered ${status} with ${mediaType || 'no content type'}, not JSON.`,
      { exchange, status, specification: section, whatToDo: ['Open the request to see what came.'] },
    )
  }
  return readJsonAnswer(answered, last)
}

const section = 'RFC 7662 §2.2'

async function readJsonAnswer({ server, client, response }: Answered, last: LastAnswer): Promise<JsonObject> {
  const { exchange, status, json } = last
  const library = await import('oauth4webapi')
  try {
    return (await library.processIntrospectionResponse(server, client, response)) as JsonObject
  } catch (error) {
    // What is shown is read from the recorded answer: JSON under another content type is an answer all the same.
    if (status === 200 && isJsonObject(json) && typeof json.active === 'boolean') return json
    const found = toProblem(error)
    const detail = problemClassOf(found.code) === 'fault' ? 'It cannot be read.' : found.detail
    throw problem('response-unexpected', `The introspection endpoint answered ${status}. ${detail}`, {
      exchange,
      status,
      specification: section,
      whatToDo: ['A token is active or not: the answer must say so as JSON true or false (active).'],
      cause: error,
    })
  }
}

/** Some servers refuse with 200. */
function isErrorWith200({ json }: LastAnswer): boolean {
  return isJsonObject(json) && typeof json.active !== 'boolean' && json.error !== undefined
}
