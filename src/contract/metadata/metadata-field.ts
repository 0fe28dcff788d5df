/**
 * The JSON types metadata fields have. `endpoint` is an absolute https address (http on loopback) that is asked;
 * `address` any absolute address a person may open.
 */
export type FieldType = 'issuer' | 'endpoint' | 'address' | 'text' | 'texts' | 'boolean' | 'object' | 'jwt'

/** One registered field of a metadata document. */
export interface MetadataField {
  name: string
  type: FieldType
  /** one sentence for somebody who meets the word for the first time */
  meaning: string
  /** what holds when the field is absent; left out: nothing can be said */
  absent?: string
  /** the specification's section */
  section: string
  /** MUST be there: always, or in OpenID Connect metadata only */
  required?: 'always' | 'openid'
}

/** Where a list of fields starts to read: what belongs together. */
export interface FieldGroup {
  title: string
  fields: readonly MetadataField[]
}

/** A field without the parts that most have in common. */
export function field(name: string, type: FieldType, told: Omit<MetadataField, 'name' | 'type'>): MetadataField {
  return { name, type, ...told }
}
