import { fileURLToPath } from 'node:url'
import type { InlineConfig, Rolldown } from 'vite'

/** A path with slashes on every system, as the bundler names modules. */
const inProject = (path: string): string => fileURLToPath(new URL(path, import.meta.url)).replaceAll('\\', '/')

/** Where each program is below out/, without its ending, and where it comes from. */
const SOURCES = {
  'node/grantlab': 'src/cli/main.ts',
  'node/host': 'src/browser-host/main.ts',
  'node/playground-worker': 'src/playground/worker.ts',
  'main/playground-worker': 'src/playground/worker.ts',
}

type NodeEntry = keyof typeof SOURCES

/** The programs that run on Node; each is built for itself, so that none waits for a chunk shared with another. */
export const NODE_ENTRIES = Object.keys(SOURCES) as NodeEntry[]

/** What a bundle leaves to be found at run time: Electron has itself built in, a keychain needs a library of the system. */
const EXTERNAL = ['electron', '@napi-rs/keyring']

/** What a flow loads only when it is used; each stays a chunk of its own. */
const SELDOM = [
  inProject('src/playground/'),
  inProject('src/core/user-agents/form-agent/'),
  inProject('src/core/vault/open-vault.ts'),
  inProject('node_modules/yaml/'),
  inProject('node_modules/env-paths/'),
]

/** Bundles one program with everything it needs into its folder in `out`; what it imports dynamically becomes a chunk beside it. */
export function nodeBuild(entry: NodeEntry, out: string): InlineConfig {
  const [folder = '', name = ''] = entry.split('/')
  return {
    configFile: false,
    root: inProject('.'),
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: EXTERNAL, target: 'node' },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      ssr: inProject(SOURCES[entry]),
      outDir: `${out}/${folder}`,
      emptyOutDir: false,
      target: 'node24',
      minify: true,
      rolldownOptions: {
        // depd, deep inside oidc-provider, evaluates text of its own; our code cannot: the linter refuses eval.
        // A dynamic import inside the flow's own file is there to run later, not to split.
        checks: { eval: false, ineffectiveDynamicImport: false },
        output: {
          // oidc-provider reads the names of its classes at run time.
          keepNames: name === 'playground-worker',
          entryFileNames: `${name}.js`,
          chunkFileNames: '[name]-[hash].js',
          format: 'es',
          ...(entry === 'node/grantlab' ? { codeSplitting: fewFiles() } : {}),
        },
      },
    },
  }
}

/**
 * Puts what the command line needs into two files, because each further file costs time at every start: `command-line`,
 * enough for help and wrong usage, and `flow`, all that running an operation may need.
 */
function fewFiles(): Rolldown.CodeSplittingOptions {
  let files: { name: string | null; modules: ReadonlySet<string> }[] | undefined
  const name: Rolldown.CodeSplittingNameFunction = (id, context) => {
    const atStart = (module: string) => context.getModuleInfo(module)?.importedIds ?? []
    const later = (module: string) => context.getModuleInfo(module)?.dynamicallyImportedIds ?? []
    files ??= [
      { name: null, modules: reachable(SOURCES['node/grantlab'], atStart) },
      { name: 'command-line', modules: reachable('src/cli/run-cli.ts', atStart) },
      {
        name: 'flow',
        modules: reachable('src/cli/run-operation.ts', (module) => [...atStart(module), ...later(module)]),
      },
    ]
    return files.find(({ modules }) => modules.has(id))?.name ?? null
  }
  return { groups: [{ name, debugName: 'few files' }], includeDependenciesRecursively: false }
}

function reachable(from: string, importsOf: (module: string) => readonly string[]): Set<string> {
  const found = new Set([inProject(from)])
  for (const module of found) {
    for (const next of importsOf(module)) {
      if (!SELDOM.some((folder) => next.startsWith(folder))) found.add(next)
    }
  }
  return found
}
