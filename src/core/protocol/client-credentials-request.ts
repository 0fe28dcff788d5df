import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'
import { chooseClientAuth } from './choose-client-auth.ts'
import { configureClient } from './configure-client.ts'
import type { TokenAnswer } from './keep-tokens.ts'
import { requestToken, tokenRequestParameters } from './token-request.ts'

/**
 * Asks for a token for the client itself.
 * @throws ProblemError as requestToken
 * @see RFC 6749 §4.4
 */
export async function requestClientCredentials(
  context: RunContext,
  { server, parameters }: { server: AuthorizationServer; parameters: ParameterValues },
): Promise<TokenAnswer> {
  const client = await chooseClientAuth(context, server, parameters)
  const { library, configuration } = await configureClient(context, server, client)
  try {
    return await requestToken(context, () =>
      library.clientCredentialsGrant(configuration, tokenRequestParameters(parameters, true)),
    )
  } catch (error) {
    throw client.method.needsSecret ? error : withAdvice(error)
  }
}

/** A public client may not use this grant at all: the likeliest cause comes first. @see RFC 6749 §4.4 */
function withAdvice(error: unknown): unknown {
  if (!(error instanceof ProblemError) || error.problem.code !== 'token-request-refused') return error
  const whatToDo = [
    'This grant is for clients that hold a secret; choose one. In the playground that is the client "confidential".',
    ...(error.problem.whatToDo ?? []),
  ]
  return new ProblemError({ ...error.problem, whatToDo }, error)
}
