import type { AuthorizationServer, TokenEndpointResponse } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import { isJsonObject } from '../../contract/json.ts'
import { problemOf } from '../../contract/problem.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { toProblem } from '../problems/to-problem.ts'
import type { RunContext } from '../runs/run-context.ts'
import { challengeOf, type Bindings } from './authorization-request.ts'
import type { AuthenticatedClient } from './choose-client-auth.ts'
import { libraryFetch } from './library-options.ts'
import { requestToken, tokenRequestParameters } from './token-request.ts'

/** A code with everything its exchange needs. */
export interface CodeExchange {
  server: AuthorizationServer
  client: AuthenticatedClient
  parameters: ParameterValues
  bindings: Bindings
  /** the authorization response, checked */
  response: URLSearchParams
  /** exactly as sent in the authorization request (RFC 6749 §4.1.3) */
  redirectUri: string
}

/** The token answer and the response object that the library remembers its ID token by. */
export interface CodeAnswer {
  tokens: TokenEndpointResponse
  response: Response
  /** why the ID token was refused, when it was: shown in the step that validates */
  idTokenProblem?: ProblemError
}

/**
 * Exchanges a code. oauth4webapi's request takes the redirect URI as it is; openid-client would derive it from the
 * address received and lose a query or a bare origin.
 * @throws ProblemError as requestToken
 * @see RFC 6749 §4.1.3, RFC 7636 §4.5
 */
export async function exchangeCode(context: RunContext, exchange: CodeExchange): Promise<CodeAnswer> {
  const { server, client, parameters, bindings } = exchange
  const library = await import('oauth4webapi')
  const options = {
    [library.customFetch]: libraryFetch(context, server) as never,
    [library.allowInsecureRequests]: true,
    additionalParameters: tokenRequestParameters(parameters, false),
  }
  if (bindings.pkce) {
    const { method, verifier, challenge } = bindings.pkce
    context.prove({ name: 'pkce.matches', holds: challengeOf(method, verifier) === challenge, facts: { method } })
  }
  return requestToken(context, async () => {
    const response = await library.authorizationCodeGrantRequest(
      server,
      client.client,
      client.authenticate,
      exchange.response,
      exchange.redirectUri,
      bindings.pkce?.verifier ?? library.nopkce,
      options,
    )
    try {
      const tokens = await library.processAuthorizationCodeResponse(server, client.client, response, {
        expectedNonce: bindings.nonce ?? library.expectNoNonce,
        ...(parameters.max_age === undefined ? {} : { maxAge: Number(parameters.max_age) }),
      })
      return { tokens, response }
    } catch (error) {
      const tokens = await withoutIdToken(context, exchange)
      if (!tokens) throw error
      // The token request itself succeeded: the ID token's own step says what is wrong with it.
      return { tokens, response, idTokenProblem: idTokenProblemOf(error) }
    }
  })
}

/** The answer as it would be without its ID token; undefined when there is none or the rest is not right either. */
async function withoutIdToken(context: RunContext, { server, client }: CodeExchange) {
  const json = context.lastAnswer('token')?.json
  if (!isJsonObject(json) || typeof json.id_token !== 'string') return undefined
  const { id_token: _idToken, ...rest } = json
  const library = await import('oauth4webapi')
  try {
    return await library.processGenericTokenEndpointResponse(server, client.client, Response.json(rest))
  } catch {
    return undefined
  }
}

/** The library has several codes for an ID token that is wrong; here it is one. */
function idTokenProblemOf(error: unknown): ProblemError {
  const found = toProblem(error)
  const specification = 'OpenID Connect Core §3.1.3.7'
  return new ProblemError({ ...problemOf('id-token-invalid', found.detail), specification }, error)
}
