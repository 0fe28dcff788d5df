import type { ParameterDescription, ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'

/**
 * What stands under the heading of folded parameters: each that is set and is not the default, in a few words. What is
 * switched stands first: verification that is off must not be what a narrow line cuts off.
 */
export function connectionSummaryOf(parameters: readonly ParameterDescription[], values: ParameterValues): string {
  const rank = ({ type }: ParameterDescription) => (type === 'boolean' ? 0 : 1)
  const told = parameters
    .toSorted((one, other) => rank(one) - rank(other))
    .flatMap((parameter) => {
      const value = values[parameter.name]
      const isUsual = isUnset(value) || JSON.stringify(value) === JSON.stringify(parameter.default)
      return isUsual || parameter.type === 'secret' ? [] : [wordsFor(parameter, value)]
    })
  return told.join(' · ') || 'nothing special'
}

function isUnset(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function wordsFor({ title, type }: ParameterDescription, value: Json | undefined): string {
  if (type === 'boolean') return `${title} ${value === true ? 'on' : 'off'}`
  if (Array.isArray(value)) return `${value.length} ${title.toLowerCase()}`
  const text = String(value)
  return `${title} ${URL.canParse(text) ? new URL(text).host || text : (text.split(/[\\/]/).at(-1) ?? text)}`
}
