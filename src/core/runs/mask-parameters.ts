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
    const { type, choices = [] } = descriptions.find((description) => description.name === name) ?? {}
    // One of Grantlab's own words is no secret, whatever its parameter is called.
    if (choices.some((choice) => choice.value === value)) return [[name, value]]
    // SECURITY: free parameters hold secrets under their own names: [["client_secret", "…"]].
    if (type === 'pairs') return [[name, maskFree(masker, name, value as NameValue[])]]
    if (type === 'multiline') return maskText(masker, name, String(value))
    return Object.entries(masker.maskJson({ [name]: value }))
  })
  return Object.fromEntries(masked)
}

/** SECURITY: a header's name says more than a parameter's: a cookie is a secret, too. */
function maskFree(masker: Masker, name: string, pairs: NameValue[]): NameValue[] {
  const masked = maskPairs(masker, pairs)
  return name.endsWith('headers') ? masker.maskHeaders(masked) : masked
}

const longestText = 1024

/** A long text is left out: it stands in the request that it belongs to, and an event stays small. */
function maskText(masker: Masker, name: string, text: string): [string, Json][] {
  const masked = masker.maskBody(text, '')
  return masked.length > longestText ? [] : [[name, masked]]
}
