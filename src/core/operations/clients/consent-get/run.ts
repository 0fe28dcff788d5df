import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { takeConsentToken } from '../../../protocol/consent-token.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import { useVendor } from '../../../vendors/use-vendor.ts'

/** Reads who asks for what. */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const { call } = await useVendor(parameters, 'getConsent')
  const token = takeConsentToken(context, parameters)
  const consent = await context.step('read', () => call({ context, parameters }, token))
  return { ...consent }
}
