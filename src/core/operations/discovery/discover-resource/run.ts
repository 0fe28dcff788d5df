import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { problemIn } from '../../../../contract/wire.ts'
import { boundedDocument } from '../../../protocol/bounded.ts'
import { discoverMetadata } from '../../../protocol/discover-metadata.ts'
import { issuersOf, readResourceMetadata } from '../../../protocol/read-resource-metadata.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** Reads what an API says about itself, and then about the servers whose tokens it takes. @see RFC 9728 §3 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const found = await context.step('resource', () => readResourceMetadata(context, String(parameters.resource_url)))
  const issuers = issuersOf(found)
  for (const issuer of issuers) await context.step('discover', () => readServer(context, issuer))
  return { ...boundedDocument(found.document), authorization_servers: issuers }
}

/** One server that says nothing of itself does not hide the others. */
async function readServer(context: RunContext, issuer: string): Promise<void> {
  try {
    await discoverMetadata(context, issuer)
  } catch (error) {
    const problem = problemIn(error)
    if (context.signal.aborted || !problem) throw error
    context.decide({ subject: 'authorization server', choice: issuer, reason: `It cannot be used: ${problem.detail}` })
  }
}
