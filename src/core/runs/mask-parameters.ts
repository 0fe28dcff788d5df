import type { ParameterDescription, ParameterValues } from '../../contract/description.ts'
import type { Json, JsonObject, NameValue } from '../../contract/json.ts'
import type { Masker } from '../http/masking/create-masker.ts'

/** Parameters of a message, each value masked by its own name as well. */
export function maskPairs(masker: Masker, pairs: readonly NameValue[]): NameValue[] {
  return pairs.flatMap(([name, value]) => Object.entries(masker.maskJson({ [name]: value })))
}

/** Parameters of a run as they may be written down; those that are not set are left out. */
export function maskParameters(
  masker: Masker,
  descriptions: readonly ParameterDescription[],
  values: ParameterValues,
): JsonObject {
  const masked = Object.entries(values).flatMap(([name, value]): [string, Json][] => {
    if (value === undefined) return []
    // SECURITY: free parameters hold secrets under their own names: [["client_secret", "…"]].
    const isPairs = descriptions.some((description) => description.name === name && description.type === 'pairs')
    if (isPairs) return [[name, maskPairs(masker, value as NameValue[])]]
    return Object.entries(masker.maskJson({ [name]: value }))
  })
  return Object.fromEntries(masked)
}
