import { createPinia } from 'pinia'
import { createApp, type ShallowRef } from 'vue'
import type { Engine } from '../../contract/engine.ts'
import App from './App.vue'
import { provideEngine } from './provided-engine.ts'
import type { ConnectionState } from './reconnecting-link.ts'
import './styles.css'

/** Puts the window into the page, over an engine. */
export function mountWindow(engine: Engine, connection?: ShallowRef<ConnectionState>): void {
  const pinia = createPinia()
  provideEngine(pinia, engine, connection)
  createApp(App).use(pinia).mount('#app')
}
