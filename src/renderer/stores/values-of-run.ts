import type { ParameterDescription, ParameterValues } from '../../contract/description.ts'
import { splitAtMasks } from '../../contract/mask.ts'
import type { Run } from '../../contract/run.ts'

/**
 * What a form must set by hand to run again what a run did: its recorded parameters that differ from what is there
 * without them. Masked values cannot be read back and are left out.
 */
export function valuesOfRun(
  run: Pick<Run, 'parameters'>,
  parameters: readonly ParameterDescription[],
  inherited: ParameterValues,
): ParameterValues {
  const values: ParameterValues = {}
  for (const { name, type, default: byDefault } of parameters) {
    const recorded = run.parameters[name]
    if (recorded === undefined || type === 'secret') continue
    const text = JSON.stringify(recorded)
    const isMasked = splitAtMasks(text).some((piece) => 'mask' in piece)
    if (!isMasked && text !== JSON.stringify(inherited[name] ?? byDefault)) values[name] = recorded
  }
  return values
}
