import { getActivePinia, type Pinia } from 'pinia'
import { shallowRef, type ShallowRef } from 'vue'
import type { Engine } from '../../contract/engine.ts'
import type { ConnectionState } from './reconnecting-link.ts'

/** What the stores of one window reach the engine through. */
export interface ProvidedEngine {
  engine: Engine
  connection: ShallowRef<ConnectionState>
}

const provided = new WeakMap<Pinia, ProvidedEngine>()

/** Gives the stores of a pinia their engine; a test gives a fake one. */
export function provideEngine(
  pinia: Pinia,
  engine: Engine,
  connection: ShallowRef<ConnectionState> = shallowRef('connected'),
): void {
  provided.set(pinia, { engine, connection })
}

/** The engine of the active pinia; only stores call this. */
export function useEngine(): ProvidedEngine {
  const pinia = getActivePinia()
  const found = pinia && provided.get(pinia)
  if (!found) throw new Error('No engine was provided for this window.')
  return found
}
