import type { ClientRecord } from '../../../contract/client-record.ts'
import type { OperationDescription, ParameterDescription, ParameterValues } from '../../../contract/description.ts'
import type { Json } from '../../../contract/json.ts'
import type { VendorDescription } from '../../../contract/vendor.ts'

/** What of a client can be changed at a vendor, as fields of a form. */
export function changeableParameters(
  operation: OperationDescription | undefined,
  vendor: VendorDescription | undefined,
): ParameterDescription[] {
  const allowed = vendor?.changeable ?? vendor?.known
  const isOwn = ({ inProfile, positional, group, type }: ParameterDescription) =>
    !inProfile && !positional && !group && type !== 'secret'
  return (operation?.parameters ?? []).filter((one) => isOwn(one) && (allowed?.includes(one.name) ?? true))
}

/** A client's own value of a parameter, in the shape that its field takes; undefined where the server said nothing. */
export function valueOfClient(client: ClientRecord, { name, type }: ParameterDescription): Json | undefined {
  const { further, ...known } = client
  const value = (known as Record<string, Json | undefined>)[name] ?? further[name]
  if (value === undefined || value === null) return undefined
  if (type === 'list') return typeof value === 'string' ? value.split(' ').filter(Boolean) : value
  if (type === 'words') return Array.isArray(value) ? value.join(' ') : value
  return value
}

/** The values to send: those that differ from what the client has. */
export function changedValues(
  client: ClientRecord,
  values: ParameterValues,
  parameters: readonly ParameterDescription[],
): ParameterValues {
  const isChanged = (one: ParameterDescription) =>
    one.name in values && JSON.stringify(values[one.name]) !== JSON.stringify(valueOfClient(client, one))
  return Object.fromEntries(parameters.filter(isChanged).map(({ name }) => [name, values[name]]))
}
