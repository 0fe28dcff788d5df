import { isJsonObject, type Json } from '../json.ts'
import { readHttpAddress } from './address.ts'
import type { MetadataField } from './metadata-field.ts'

/** What is wrong with the kind of a field's value, in a sentence; undefined when nothing is, or it is absent. */
export function faultOfType(
  { name, type }: Pick<MetadataField, 'name' | 'type'>,
  value: Json | undefined,
): string | undefined {
  if (value === undefined) return undefined
  if (type === 'texts') return isTexts(value) ? undefined : `${name} must be a list of texts.`
  if (type === 'boolean')
    return typeof value === 'boolean' ? undefined : `${name} must be true or false, not ${kindOf(value)}.`
  if (type === 'object') return isJsonObject(value) ? undefined : `${name} must be an object.`
  return typeof value === 'string' ? faultOfText(name, type, value) : `${name} must be a text, not ${kindOf(value)}.`
}

function faultOfText(name: string, type: MetadataField['type'], value: string): string | undefined {
  // A text that was too long for the record is not judged by its beginning.
  if (value.startsWith('…') || type === 'text' || type === 'jwt') return undefined
  return faultOfAddress(name, type, value)
}

function faultOfAddress(name: string, type: string, value: string): string | undefined {
  const address = readHttpAddress(value)
  if (address) {
    if (type === 'address' || address.isSecure) return undefined
    return `${name} is plain http: what is sent there can be read and changed on the way.`
  }
  // A page for people may be named by any scheme; an endpoint is asked.
  if (type === 'address' && URL.canParse(value) && !/^(?:javascript|data|file|blob|vbscript):/i.test(value))
    return undefined
  return `${name} is no absolute http or https address; it is neither asked nor opened.`
}

function isTexts(value: Json): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function kindOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
