import type { ParameterDescription } from '../../../contract/description.ts'
import type { Problem } from '../../../contract/problem.ts'

/**
 * Puts what is wrong beside its field: the fields that are missing, what a server says about single ones, and a problem
 * of the engine that names one, as its texts do with `(client_id)`.
 */
export function problemsByParameter(
  missing: readonly ParameterDescription[],
  problem: Problem | undefined,
  parameters: readonly ParameterDescription[],
): Record<string, string> {
  const told = (problem?.fields ?? []).filter(({ name }) => parameters.some((one) => one.name === name))
  const byName = Map.groupBy(told, ({ name }) => name)
  const found: Record<string, string> = {
    ...Object.fromEntries([...byName].map(([name, of]) => [name, of.map(({ detail }) => detail).join(' ')])),
    ...Object.fromEntries(missing.map(({ name, title }) => [name, `${title} is needed.`])),
  }
  if (problem?.code !== 'parameter-missing' && problem?.code !== 'parameter-invalid') return found
  const named = parameters.find(({ name }) => problem.detail.includes(`(${name})`))
  return named ? { ...found, [named.name]: problem.detail } : found
}
