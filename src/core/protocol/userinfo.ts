import type { AuthorizationServer, Client } from 'oauth4webapi'
import type { JsonObject } from '../../contract/json.ts'
import { problemClassOf, problemOf, type Problem } from '../../contract/problem.ts'
import type { TracedResponse } from '../http/exchange.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import { toProblem } from '../problems/to-problem.ts'
import type { RunContext } from '../runs/run-context.ts'
import { libraryFetch } from './library-options.ts'

/** The client that asks; without an id the audience of a signed answer cannot be checked. */
interface AskingClient {
  client_id: string | undefined
}

/** A userinfo request. */
export interface UserinfoRequest {
  server: AuthorizationServer
  client: AskingClient
  method: string
  accessToken: string
}

/** A userinfo answer with what it must fit. */
export interface UserinfoAnswer {
  server: AuthorizationServer
  client: AskingClient
  response: TracedResponse
  /** `sub` of the ID token that came with the access token; undefined when there is none to compare */
  expectedSubject: string | undefined
}

const unknownClient = 'unknown'
const section = 'OpenID Connect Core §5.3'

/** Sends the token in the Authorization header, by GET or POST. @see OpenID Connect Core §5.3.1 */
export async function requestUserinfo(context: RunContext, request: UserinfoRequest): Promise<TracedResponse> {
  const { server, client, method, accessToken } = request
  const library = await import('oauth4webapi')
  const send = libraryFetch(context, server)
  const response = await library.userInfoRequest(server, libraryClient(client), accessToken, {
    // The library knows GET only; a POST is the same request with an empty form.
    [library.customFetch]: (url, init) => send(url, { ...init, method }),
    [library.allowInsecureRequests]: true,
  })
  return response as TracedResponse
}

/**
 * Reads an answer, checks the signature of a signed one and that it is about the same user as the ID token.
 * @throws ProblemError subject-changed, response-not-json, response-unexpected, body-too-large
 * @see OpenID Connect Core §5.3.2, §5.3.4
 */
export async function readUserinfo(context: RunContext, answer: UserinfoAnswer): Promise<JsonObject> {
  const { response, expectedSubject } = answer
  const exchange = context.lastAnswer('userinfo')?.exchange ?? ''
  if (response.truncated) throw problem('body-too-large', 'The userinfo answer is over 5 MiB.', { exchange })
  const claims = await processAnswer(context, answer).catch((error: unknown) => {
    throw new ProblemError(problemOfAnswer(context, answer, error), error)
  })
  if (expectedSubject === undefined) return claims
  const holds = claims.sub === expectedSubject
  const received = String(claims.sub)
  context.prove(
    { name: 'sub.matches', holds, facts: { expected: expectedSubject, received, of: 'userinfo' } },
    exchange,
  )
  if (holds) return claims
  // SECURITY: with another sub the answer belongs to somebody else: an attacker could have put in a foreign token.
  throw problem('subject-changed', `The ID token is about ${expectedSubject}, the userinfo answer about ${received}.`, {
    exchange,
    specification: 'OpenID Connect Core §5.3.2',
    whatToDo: ['Do not use this answer.', 'Check that the token was got in the same sign-in as the ID token.'],
  })
}

async function processAnswer(context: RunContext, { server, client, response }: UserinfoAnswer): Promise<JsonObject> {
  const library = await import('oauth4webapi')
  const claims = await library.processUserInfoResponse(
    server,
    libraryClient(client),
    library.skipSubjectCheck,
    response,
  )
  if (isSigned(context)) {
    const exchange = context.lastAnswer('userinfo')?.exchange
    try {
      await library.validateApplicationLevelSignature(server, response, {
        [library.customFetch]: libraryFetch(context, server),
        [library.allowInsecureRequests]: true,
      })
    } catch (error) {
      context.prove({ name: 'signature.verified', holds: false, facts: { why: toProblem(error).detail } }, exchange)
      throw error
    }
    context.prove({ name: 'signature.verified', holds: true }, exchange)
  }
  return claims as JsonObject
}

const isSigned = (context: RunContext) => context.lastAnswer('userinfo')?.mediaType === 'application/jwt'

/** The library's errors are made for tokens; here they are about another answer. */
function problemOfAnswer(context: RunContext, { client, response }: UserinfoAnswer, error: unknown): Problem {
  const found = toProblem(error)
  if (!['answer', 'fault'].includes(problemClassOf(found.code))) return found
  const { exchange } = context.lastAnswer('userinfo')!
  const more = { exchange, status: response.status, specification: section }
  if (response.status !== 200) {
    return problemOf('response-unexpected', `The userinfo endpoint answered ${response.status}, not 200.`, more)
  }
  if (found.code === 'response-not-json') return { ...found, ...more }
  if (!isSigned(context)) return problemOf('response-unexpected', found.detail, more)
  return problemOf('response-unexpected', `The answer is a JWT that cannot be used. ${found.detail}`, {
    ...more,
    specification: 'OpenID Connect Core §5.3.4',
    whatToDo: [
      ...(client.client_id === undefined ? ['Give the client (client_id): the answer names whom it is for.'] : []),
      'An encrypted answer cannot be read here; have the server send it signed or as JSON.',
    ],
  })
}

function libraryClient({ client_id }: AskingClient): Client {
  return { client_id: client_id ?? unknownClient }
}
