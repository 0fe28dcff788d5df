import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import { requireTaken, useVendor } from '../../../vendors/use-vendor.ts'
import { clientFilterParameters } from '../../managed-client-parameters.ts'

/** Lists the clients of a server; each page is told as it comes. */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const { vendor, call } = await useVendor(parameters, 'listClients')
  const all = clientFilterParameters.map(({ name }) => name)
  requireTaken(parameters, { vendor, all, taken: vendor.description.filters, what: 'filters' })
  return context.step('list', async () => {
    const counts = { clients: 0, pages: 0 }
    for await (const { rows, ...page } of call({ context, parameters })) {
      context.rows({ ...page, rows: rows.map((client) => ({ kind: 'client', client })) })
      counts.clients += rows.length
      counts.pages++
    }
    return counts
  })
}
