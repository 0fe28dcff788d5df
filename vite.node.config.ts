import { fileURLToPath } from 'node:url'
import type { InlineConfig } from 'vite'

const inProject = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const SOURCES = {
  grantlab: 'src/cli/main.ts',
  host: 'src/browser-host/main.ts',
  'playground-worker': 'src/playground/worker.ts',
}

type NodeEntry = keyof typeof SOURCES

/** The programs that run on Node; each is built for itself, so that none waits for a chunk shared with another. */
export const NODE_ENTRIES = Object.keys(SOURCES) as NodeEntry[]

/** Bundles one program with everything it needs into `outDir`; what it imports dynamically becomes a chunk beside it. */
export function nodeBuild(name: NodeEntry, outDir: string): InlineConfig {
  return {
    configFile: false,
    root: inProject('.'),
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      ssr: inProject(SOURCES[name]),
      outDir,
      emptyOutDir: false,
      target: 'node24',
      minify: true,
      rolldownOptions: {
        // depd, deep inside oidc-provider, evaluates text of its own; our code cannot: the linter refuses eval.
        checks: { eval: false },
        // oidc-provider reads the names of its classes at run time.
        output: {
          keepNames: name === 'playground-worker',
          entryFileNames: `${name}.js`,
          chunkFileNames: '[name]-[hash].js',
          format: 'es',
        },
      },
    },
  }
}
