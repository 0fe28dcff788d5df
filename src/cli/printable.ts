import type { OperationDescription } from '../contract/description.ts'
import type { PrintableKind } from '../contract/token-kind.ts'
import { usage } from './usage.ts'

/**
 * Refuses a `--print` that cannot be answered, before anything is sent.
 * @throws ProblemError parameter-invalid
 */
export function requirePrintable(
  { id, brings = [] }: Pick<OperationDescription, 'id' | 'brings'>,
  kind: PrintableKind | undefined,
): void {
  if (!kind || brings.includes(kind)) return
  throw usage('parameter-invalid', `${id} never brings ${kind}: --print ${kind} cannot be answered.`)
}
