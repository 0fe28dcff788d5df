import type { ParameterDescription } from '../../../contract/description.ts'
import type { Json } from '../../../contract/json.ts'
import type { VendorDescription } from '../../../contract/vendor.ts'

/** A parameter without the choices that the vendor of the server cannot serve; one that is chosen already stays. */
export function withOfferedChoices(
  parameter: ParameterDescription,
  vendor: VendorDescription | undefined,
  chosen: Json | undefined,
): ParameterDescription {
  const choices = parameter.choices?.filter(
    ({ value, vendorMethod: method }) => !method || value === chosen || vendor?.methods.includes(method),
  )
  return choices && choices.length < parameter.choices!.length ? { ...parameter, choices } : parameter
}
