import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { problem } from '../../../problems/problem-error.ts'
import { toldOfRegistration } from '../../../protocol/registration/told-of-registration.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import { requireTaken, useVendor } from '../../../vendors/use-vendor.ts'
import { managedClientParameters } from '../../managed-client-parameters.ts'

/** Changes what is given of a client. @see RFC 7592 §2.2 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const { vendor, call } = await useVendor(parameters, 'updateClient')
  const { known, changeable: taken = known } = vendor.description
  const all = managedClientParameters.map(({ name }) => name)
  requireTaken(parameters, { vendor, all, taken, what: 'parameters that can be changed' })
  return context.step('update', async () => {
    if (all.every((name) => parameters[name] === undefined)) throw nothingToChange(taken ?? all)
    const client = await call({ context, parameters }, String(parameters.client_id))
    return toldOfRegistration(context, String(parameters.issuer), client)
  })
}

function nothingToChange(names: readonly string[]) {
  return problem('parameter-missing', 'Nothing says what is to be changed. Nothing was sent.', {
    whatToDo: [`Give at least one of ${names.join(', ')}.`],
  })
}
