import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { clientNames } from '../../../vendors/client-names.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import { useVendor } from '../../../vendors/use-vendor.ts'

/** Lists grants, each with the name of its client where that can be found out. */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const { call } = await useVendor(parameters, 'listGrants')
  const nameOf = parameters.names === false ? undefined : clientNames(context, parameters)
  return context.step('list', async () => {
    const counts = { grants: 0, pages: 0 }
    for await (const { rows, ...page } of call({ context, parameters })) {
      const names = rows.length > 0 ? await nameOf?.() : undefined
      context.rows({
        ...page,
        rows: rows.map((grant) => {
          const name = names?.get(grant.client_id)
          return { kind: 'grant', grant: name === undefined ? grant : { ...grant, client_name: name } }
        }),
      })
      counts.grants += rows.length
      counts.pages++
    }
    return counts
  })
}
