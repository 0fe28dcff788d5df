import type { Json, JsonObject } from '../json.ts'
import { authorizationServerFields } from './authorization-server-fields.ts'
import { faultOfType } from './field-type.ts'
import type { FieldGroup, MetadataField } from './metadata-field.ts'
import { protectedResourceFields } from './protected-resource-fields.ts'

/** One field of a document as a person reads it. */
export interface FieldRow {
  name: string
  value: Json | undefined
  /** what is known of the field; absent for one that no specification has */
  known?: MetadataField
  /** what is wrong with its value, in a sentence */
  fault?: string
}

/** Fields that belong together. */
export interface FieldRows {
  title: string
  rows: FieldRow[]
}

/**
 * The fields of a metadata document in groups: those that are there, those that must be there, and those whose absence
 * means something; then, in a group of their own, the fields that no specification has.
 */
export function fieldRowsOf(
  document: JsonObject,
  kind: 'authorization-server' | 'protected-resource' = 'authorization-server',
): FieldRows[] {
  const groups = kind === 'protected-resource' ? protectedResourceFields : authorizationServerFields
  const known = new Set(groups.flatMap(({ fields }) => fields.map(({ name }) => name)))
  const unknown = Object.keys(document)
    .filter((name) => !known.has(name))
    .map((name): FieldRow => ({ name, value: document[name] }))
  return [
    ...groups.map((group) => knownRows(group, document)),
    { title: 'Not in any specification', rows: unknown },
  ].filter(({ rows }) => rows.length > 0)
}

function knownRows({ title, fields }: FieldGroup, document: JsonObject): FieldRows {
  const rows = fields
    .filter(
      ({ name, absent, required }) => Object.hasOwn(document, name) || absent !== undefined || required === 'always',
    )
    .map((known): FieldRow => {
      const value = Object.hasOwn(document, known.name) ? document[known.name] : undefined
      const fault = known.type === 'issuer' ? undefined : faultOfType(known, value)
      return { name: known.name, value, known, ...(fault ? { fault } : {}) }
    })
  return { title, rows }
}
