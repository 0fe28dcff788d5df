import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import type { Engine } from '../../contract/engine.ts'
import { provideEngine } from '../app/provided-engine.ts'

/** A window's stores without a window, over an engine: `using(useRuns)` answers a store. For tests. */
export function storesOver(engine: Engine): <T>(use: () => T) => T {
  const pinia = createPinia()
  provideEngine(pinia, engine)
  setActivePinia(pinia)
  const app = createApp({}).use(pinia)
  return (use) => app.runWithContext(use)
}
