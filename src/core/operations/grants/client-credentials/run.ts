import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { requestClientCredentials } from '../../../protocol/client-credentials-request.ts'
import { keepTokens } from '../../../protocol/keep-tokens.ts'
import { preflight } from '../../../protocol/preflight.ts'
import { readMetadata } from '../../../protocol/read-metadata.ts'
import { endpointOf } from '../../../protocol/token-request.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** A token for the client itself. @see RFC 6749 §4.4 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const server = await context.step('discover', () => readMetadata(context, parameters))
  await preflight(context, parameters)
  return context.step('token-request', async () => {
    endpointOf(server, 'token_endpoint')
    const answer = await requestClientCredentials(context, { server, parameters })
    return keepTokens(context, { server, parameters, answer, user: '' })
  })
}
