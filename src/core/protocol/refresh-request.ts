import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import type { RunContext } from '../runs/run-context.ts'
import { chooseClientAuth } from './choose-client-auth.ts'
import { configureClient } from './configure-client.ts'
import type { TokenAnswer } from './keep-tokens.ts'
import { requestToken, tokenRequestParameters } from './token-request.ts'

/** A refresh token with what is asked for with it. */
export interface RefreshRequest {
  server: AuthorizationServer
  parameters: ParameterValues
  refreshToken: string
}

/**
 * Sends a refresh token and answers the new tokens; the signature of a new ID token was checked with the server's keys.
 * @throws ProblemError as requestToken
 * @see RFC 6749 §6, OpenID Connect Core §12
 */
export async function requestRefresh(
  context: RunContext,
  { server, parameters, refreshToken }: RefreshRequest,
): Promise<TokenAnswer> {
  context.learn(refreshToken)
  const client = await chooseClientAuth(context, server, parameters)
  const { library, configuration } = await configureClient(context, server, client)
  const answer = await requestToken(context, () =>
    library.refreshTokenGrant(configuration, refreshToken, tokenRequestParameters(parameters, true)),
  )
  if (answer.id_token) {
    context.prove({ name: 'signature.verified', holds: true }, context.lastAnswer('token')?.exchange)
  }
  return answer
}
