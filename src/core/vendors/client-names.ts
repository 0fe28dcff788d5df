import type { ParameterValues } from '../../contract/description.ts'
import { toProblem } from '../problems/to-problem.ts'
import type { RunContext } from '../runs/run-context.ts'
import { useVendor, vendorOf } from './use-vendor.ts'

/** Pages of clients that are read for their names. */
const mostPages = 20

/**
 * Names of a server's clients by id, read once and only when asked for. What cannot be read is left out, and the run says
 * so: a list without names is better than none.
 */
export function clientNames(context: RunContext, parameters: ParameterValues): () => Promise<Map<string, string>> {
  let asked: Promise<Map<string, string>> | undefined
  return () => (asked ??= readNames(context, parameters))
}

async function readNames(context: RunContext, { issuer, vendor, ...rest }: ParameterValues) {
  const names = new Map<string, string>()
  const { api_base, api_key } = rest
  const parameters = { issuer, vendor, api_base, api_key, page_size: 100, from_page: 1, max_pages: mostPages }
  if (!vendorOf(parameters).description.methods.includes('listClients')) return names
  const { call } = await useVendor(parameters, 'listClients')
  try {
    await context.step('names', async () => {
      for await (const { rows } of call({ context, parameters })) {
        for (const { client_id: id, client_name: name } of rows) if (name !== undefined) names.set(id, name)
      }
    })
  } catch (error) {
    if (context.signal.aborted) throw error
    const { title, detail } = toProblem(error)
    context.decide({ subject: 'names of clients', choice: `${names.size} known`, reason: `${title}: ${detail}` })
  }
  return names
}
