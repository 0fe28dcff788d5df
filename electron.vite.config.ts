import { fileURLToPath } from 'node:url'
import { defineConfig } from 'electron-vite'
import renderer from './vite.config.ts'

const inProject = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** What a bundle leaves to be found at run time: Electron has itself built in, a keychain needs a library of the system. */
const external = ['electron', '@napi-rs/keyring']

/** The desktop application: main file, preload script and the window. What runs on Node alone is in vite.node.config.ts. */
export default defineConfig({
  main: {
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      // Everything is bundled: an application that is packed brings no node_modules but the keychain's.
      externalizeDeps: false,
      target: 'node24',
      minify: true,
      emptyOutDir: false,
      rolldownOptions: {
        input: { index: inProject('electron/main/index.ts') },
        external,
        checks: { eval: false, ineffectiveDynamicImport: false },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    logLevel: 'warn',
    publicDir: false,
    build: {
      externalizeDeps: false,
      target: 'node24',
      minify: true,
      emptyOutDir: false,
      rolldownOptions: {
        input: { index: inProject('electron/preload/index.ts') },
        external,
        // A sandboxed preload script is one CommonJS file, and may load nothing but Electron.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer,
})
