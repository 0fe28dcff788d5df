import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

// Runs a main file as `electron FILE …` does, with the simulated Electron in the place of the real one.
const electron = new URL('electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: electron, shortCircuit: true } : next(specifier, context),
})
process.argv.splice(1, 1)
const { becomeReady } = await import('./electron.ts')
await import(pathToFileURL(process.argv[1] ?? '').href)
becomeReady()
