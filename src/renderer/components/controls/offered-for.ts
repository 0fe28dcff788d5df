import type { ParameterDescription } from '../../../contract/description.ts'
import type { JsonObject } from '../../../contract/json.ts'

/** What the server's metadata lists for a parameter, else what its description proposes; undefined when nothing does. */
export function offeredFor(parameter: ParameterDescription, metadata: JsonObject | undefined): string[] | undefined {
  const listed = parameter.offeredBy === undefined ? undefined : metadata?.[parameter.offeredBy]
  return Array.isArray(listed) ? listed.filter((item) => typeof item === 'string') : parameter.proposals
}
