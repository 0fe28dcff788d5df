import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { bounded, readMetadata } from '../../../protocol/read-metadata.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** Reads the metadata and answers it; the whole document is the exchange's body. @see RFC 8414 §3 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const server = await context.step('discover', () => readMetadata(context, String(parameters.issuer)))
  return bounded(server as unknown as Json)
}
