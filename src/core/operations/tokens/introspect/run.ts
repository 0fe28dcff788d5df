import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { introspect } from '../../../protocol/introspection.ts'
import { readMetadata } from '../../../protocol/read-metadata.ts'
import { takeTokenAskedAbout } from '../../../protocol/token-asked-about.ts'
import { endpointOf } from '../../../protocol/token-request.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** Asks whether a token is active. @see RFC 7662 §2 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const server = await context.step('discover', () => readMetadata(context, parameters))
  return context.step('introspect', async () => {
    endpointOf(server, 'introspection_endpoint')
    const token = await takeTokenAskedAbout(context, { parameters })
    return introspect(context, { server, parameters, token })
  })
}
