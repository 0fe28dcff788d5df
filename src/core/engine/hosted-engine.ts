import type { Engine } from '../../contract/engine.ts'
import type { Problem } from '../../contract/problem.ts'

/** The engine as a host holds it: the contract, and an end. */
export interface HostedEngine extends Engine {
  /** Writes an error of Grantlab itself into the masked log, without its text. */
  fault(where: string, error: unknown): void
  /** Cancels what runs, closes listeners and files; answers why tokens that were to be kept are lost with the process. */
  close(): Promise<Problem | undefined>
}
