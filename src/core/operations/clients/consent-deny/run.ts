import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { decideConsent } from '../../../vendors/decide-consent.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** Refuses what a client asks for. @see RFC 6749 §4.1.2 */
export function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  return decideConsent(context, parameters, false)
}
