import type { OperationDescription, ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import type { RunContext } from '../runs/run-context.ts'

/** The work of an operation: reads like the RFC, records through the context, answers its typed result. */
export interface OperationModule {
  /** @throws ProblemError when the flow cannot go on; what was recorded until then stays */
  run(context: RunContext, parameters: ParameterValues): Promise<Json>
}

/** Everything that can be done to a server: a description (data) and its work, loaded when first run. */
export interface Operation {
  description: OperationDescription
  load(): Promise<OperationModule>
}
