import type { AuthorizationServer, Client } from 'oauth4webapi'
import { isJsonObject, type JsonObject } from '../../contract/json.ts'
import type { TracedResponse } from '../http/exchange.ts'
import { problem } from '../problems/problem-error.ts'
import { toProblem } from '../problems/to-problem.ts'
import type { RunContext } from '../runs/run-context.ts'
import { libraryFetch } from './library-options.ts'
import { claimsOf } from './token-asked-about.ts'

const mediaTypes = ['application/token-introspection+jwt', 'application/jwt']

/** Whether an answer comes as a JWT. @see RFC 9701 §5 */
export function isSignedAnswer(mediaType: string): boolean {
  return mediaTypes.includes(mediaType)
}

/** A signed answer with whom it is for. */
export interface SignedAnswer {
  server: AuthorizationServer
  client: Client
  response: TracedResponse
}

const section = 'RFC 9701 §5'

/**
 * The claims about the token in a signed answer. Signature, issuer and audience are checked; what does not pass is said
 * and proved, and the claims are read all the same.
 * @throws ProblemError response-unexpected for an answer that cannot be read, such as an encrypted one
 */
export async function readSignedIntrospection(context: RunContext, answer: SignedAnswer): Promise<JsonObject> {
  const { exchange, status } = context.lastAnswer('introspection')!
  const text = (await answer.response.clone().text()).trim()
  const claims = claimsOf(text)
  const found = isJsonObject(claims?.token_introspection) ? claims.token_introspection : claims
  if (!found || typeof found.active !== 'boolean') {
    const what = text.split('.').length === 5 ? 'It is encrypted and cannot be read here.' : 'It does not say active.'
    throw problem('response-unexpected', `The introspection endpoint answered ${status} with a JWT. ${what}`, {
      exchange,
      status,
      specification: section,
      whatToDo: ['Ask for JSON (answer json).'],
    })
  }
  const why = await whyNotVerified(context, answer)
  const of = 'introspection answer'
  context.prove(
    { name: 'signature.verified', holds: why === undefined ? true : null, facts: { of, why: why ?? null } },
    exchange,
  )
  context.decide({
    subject: of,
    choice: why === undefined ? 'verified' : 'read without verification',
    reason: why ?? 'Signature, issuer and audience of the JWT are right.',
    specification: section,
  })
  return found
}

/** Undefined when everything passes. Rejects only when the run is cancelled. */
async function whyNotVerified(
  context: RunContext,
  { server, client, response }: SignedAnswer,
): Promise<string | undefined> {
  const library = await import('oauth4webapi')
  try {
    await library.processIntrospectionResponse(server, client, response)
    await library.validateApplicationLevelSignature(server, response, {
      [library.customFetch]: libraryFetch(context, server),
      [library.allowInsecureRequests]: true,
    })
    return undefined
  } catch (error) {
    if (context.signal.aborted) throw error
    const found = toProblem(error)
    return found.code === 'internal' ? 'It is not signed as such an answer is.' : found.detail
  }
}
