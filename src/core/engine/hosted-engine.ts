import type { Engine } from '../../contract/engine.ts'

/** The engine as a host holds it: the contract, and an end. */
export interface HostedEngine extends Engine {
  /** Cancels what runs, closes listeners and files. */
  close(): Promise<void>
}
