import type { Engine } from '../contract/engine.ts'
import type { EnginePorts } from './ports.ts'

export { commandDescriptions, operationDescriptions } from './descriptions.ts'
export { createNodePorts, playgroundProblem } from './node-ports.ts'
export { ProblemError } from './problems/problem-error.ts'
export type { EnginePorts, PlaygroundAccess } from './ports.ts'

/** The engine as a host holds it: the contract, and an end. */
export interface HostedEngine extends Engine {
  /** Cancels what runs, closes listeners and files. */
  close(): Promise<void>
}

/**
 * Creates the engine. Loaded when asked for, so that help and version answers cost nothing.
 * @throws ProblemError data-folder-failed
 */
export async function createEngine(ports: EnginePorts): Promise<HostedEngine> {
  const engine = await import('./engine/create-engine.ts')
  return engine.createEngine(ports)
}
