import type { ParameterDescription } from '../../../contract/description.ts'
import type { Json, NameValue } from '../../../contract/json.ts'
import { isSecretReference } from '../../../contract/profile.ts'

/** A parameter's value as the text of its control; a reference to a secret has no text. */
export function textOfValue(description: ParameterDescription, value: Json | undefined): string {
  if (value === undefined || value === null || isSecretReference(value)) return ''
  if (Array.isArray(value)) return value.join('\n')
  return typeof value === 'string' || description.type === 'boolean' ? String(value) : JSON.stringify(value)
}

/** The value that the text of a control stands for. A whole number that is none stays text, so the engine can say so. */
export function valueOfText(description: ParameterDescription, text: string): Json {
  if (description.type === 'list') return text.split(/\s*\n\s*/).filter(Boolean)
  if (description.type !== 'integer' || text.trim() === '') return text
  const number = Number(text)
  return Number.isInteger(number) ? number : text
}

/** The value as name and value pairs; anything else is none. */
export function pairsOfValue(value: Json | undefined): NameValue[] {
  return Array.isArray(value) ? value.filter((pair): pair is NameValue => Array.isArray(pair) && pair.length === 2) : []
}

/** What stands in an empty field: where its value comes from, or that there is none. */
export function placeholderOf({ type }: ParameterDescription, value: Json | undefined): string {
  if (isSecretReference(value)) return `secret: ${value.secret}`
  return type === 'secret' ? 'none' : ''
}

/** Tells whether two values are the same. */
export function isSameValue(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(one ?? '') === JSON.stringify(other ?? '')
}
