import { z } from 'zod'
import type { ParameterDescription, ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'

const secretReference = z.strictObject({ secret: z.string().min(1) })

const schemas: Record<ParameterDescription['type'], (description: ParameterDescription) => z.ZodType<Json>> = {
  text: () => z.string(),
  multiline: () => z.string(),
  url: () => z.string(),
  integer: ({ minimum, maximum }) =>
    z
      .int()
      .min(minimum ?? Number.MIN_SAFE_INTEGER)
      .max(maximum ?? Number.MAX_SAFE_INTEGER),
  boolean: () => z.boolean(),
  choice: ({ choices }) => z.enum((choices ?? []).map(({ value }) => value)),
  words: () => z.string(),
  list: () => z.array(z.string()),
  pairs: () => z.array(z.tuple([z.string(), z.string()])),
  object: ({ repeats }) => {
    const one = z.record(z.string(), z.json())
    return repeats ? z.array(one) : one
  },
  secret: () => z.union([z.string(), secretReference]),
}

/** The schema of one parameter's value, with its hint as description. */
export function parameterSchema(description: ParameterDescription): z.ZodType<Json> {
  return schemas[description.type](description).describe(description.hint)
}

/**
 * The schema of the values of an operation or command, by name. All are optional, since a profile may hold the rest;
 * names without a description pass, so that the engine can name them together with what there is.
 */
export function parametersSchema(descriptions: readonly ParameterDescription[]): z.ZodType<ParameterValues> {
  const shape = Object.fromEntries(descriptions.map((one) => [one.name, parameterSchema(one).optional()]))
  return z.looseObject(shape)
}

/** Values without those that count as not given: nothing, null and the empty text. */
export function givenValues(values: ParameterValues): ParameterValues {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  )
}
