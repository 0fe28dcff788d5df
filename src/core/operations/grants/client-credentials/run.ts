import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { ProblemError } from '../../../problems/problem-error.ts'
import { chooseClientAuth } from '../../../protocol/choose-client-auth.ts'
import { configureClient } from '../../../protocol/configure-client.ts'
import { keepTokens } from '../../../protocol/keep-tokens.ts'
import { readMetadata } from '../../../protocol/read-metadata.ts'
import { requestToken, endpointOf, tokenRequestParameters } from '../../../protocol/token-request.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** A token for the client itself. @see RFC 6749 §4.4 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const server = await context.step('discover', () => readMetadata(context, String(parameters.issuer)))
  return context.step('token-request', async () => {
    endpointOf(server, 'token_endpoint')
    const client = await chooseClientAuth(context, server, parameters)
    const { library, configuration } = await configureClient(context, server, client)
    const answer = await requestToken(context, () =>
      library.clientCredentialsGrant(configuration, tokenRequestParameters(parameters, true)),
    ).catch((error: unknown) => {
      throw client.method.needsSecret ? error : withAdvice(error)
    })
    return keepTokens(context, { server, parameters, answer, user: '' })
  })
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
