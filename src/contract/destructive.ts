import type { OperationDescription, ParameterValues } from './description.ts'

/** Whether a run with these values, defaults filled in, destroys something; in a production profile it asks first. */
export function isDestructive({ destructive }: OperationDescription, values: ParameterValues): boolean {
  if (destructive === undefined || destructive === true) return destructive === true
  return destructive.values.includes(String(values[destructive.parameter]))
}
