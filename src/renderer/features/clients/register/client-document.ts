import type { ParameterDescription, ParameterValues } from '../../../../contract/description.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../../contract/json.ts'

/** A member of client metadata with the parameter that gives it. */
export interface MetadataField {
  /** as it stands on the wire */
  member: string
  parameter: ParameterDescription
}

/** Members whose parameter has another name, because a profile's own one means the server. */
const renamed: Record<string, string> = { client_jwks: 'jwks', client_jwks_uri: 'jwks_uri' }
const notMembers = ['preset', 'further_metadata']

/** What the registration holds: what stands in no profile, is no secret and belongs to no connection. @see RFC 7591 §2 */
export function metadataFieldsOf(parameters: readonly ParameterDescription[]): MetadataField[] {
  const isMember = ({ name, type, inProfile, group }: ParameterDescription) =>
    !inProfile && !group && type !== 'secret' && !notMembers.includes(name)
  return parameters
    .filter(isMember)
    .map((parameter) => ({ member: renamed[parameter.name] ?? parameter.name, parameter }))
}

/** The document with a member changed; an empty text or list takes it away. */
export function withMember(document: JsonObject, member: string, value: Json | undefined): JsonObject {
  const { [member]: before, ...others } = document
  if (value === undefined || isEmpty(value)) return others
  return before === undefined ? { ...others, [member]: value } : { ...document, [member]: value }
}

/**
 * The parameters that make exactly this document: a member that its parameter cannot carry as it is, and one that has
 * none, goes with the further metadata, unless the operation has no room for those.
 */
export function parametersOf(document: JsonObject, parameters: readonly ParameterDescription[]): ParameterValues {
  const fields = metadataFieldsOf(parameters)
  const fieldOf = (member: string) => fields.find((field) => field.member === member)?.parameter
  const carried = Object.entries(document).filter(([member, value]) => carries(fieldOf(member), value))
  const further = Object.entries(document).filter(([member, value]) => !carries(fieldOf(member), value))
  const values = carried.map(([member, value]): [string, Json] => {
    const parameter = fieldOf(member)!
    return [parameter.name, parameter.json ? JSON.stringify(value) : value]
  })
  return {
    ...Object.fromEntries(values),
    ...(further.length > 0 && hasRoomIn(parameters)
      ? { further_metadata: JSON.stringify(Object.fromEntries(further)) }
      : {}),
  }
}

/** Whether an operation takes members that none of its parameters gives. */
export function hasRoomIn(parameters: readonly ParameterDescription[]): boolean {
  return parameters.some(({ name }) => name === 'further_metadata')
}

/** Members that cannot be sent at all, because the operation has neither a parameter nor room for others. */
export function unsendableIn(
  document: JsonObject,
  fields: readonly MetadataField[],
  { hasRoom }: { hasRoom: boolean },
): string[] {
  if (hasRoom) return []
  return Object.entries(document).flatMap(([member, value]) => {
    const parameter = fields.find((field) => field.member === member)?.parameter
    return carries(parameter, value) || isEmpty(value) ? [] : [member]
  })
}

/** Whether a parameter brings a value to the wire just so. */
function carries(parameter: ParameterDescription | undefined, value: Json): boolean {
  if (!parameter || isEmpty(value)) return false
  if (parameter.json) return isJsonObject(value)
  if (parameter.type === 'list') return Array.isArray(value) && value.every((one) => typeof one === 'string')
  if (parameter.type === 'boolean') return typeof value === 'boolean'
  if (parameter.type === 'integer') return Number.isInteger(value)
  return typeof value === 'string'
}

function isEmpty(value: Json): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0)
}
