import type { HostedEngine } from './engine/hosted-engine.ts'
import type { EnginePorts } from './ports.ts'

export type { HostedEngine } from './engine/hosted-engine.ts'
export { commandDescriptions, operationDescriptions } from './descriptions.ts'
export { environmentForOthers, takeSecretsOut } from './environment-for-others.ts'
export { makeFolder } from './files/make-folder.ts'
export { createNodePorts } from './node-ports.ts'
export { playgroundProblem } from './problems/playground-problem.ts'
export { ProblemError } from './problems/problem-error.ts'
export type { EnginePorts } from './ports.ts'
export { environmentNameOf, isSecretName } from './vault/secret-name.ts'

/**
 * Creates the engine. Loaded when asked for, so that help and version answers cost nothing.
 * @throws ProblemError data-folder-failed
 */
export async function createEngine(ports: EnginePorts): Promise<HostedEngine> {
  const engine = await import('./engine/create-engine.ts')
  return engine.createEngine(ports)
}
