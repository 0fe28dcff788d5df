/**
 * The import table of docs/architecture.md as data: what a folder under src/ or electron/ may import. What is not listed is refused.
 *
 * @typedef {object} Allowance
 * @property {Record<string, 'any' | readonly string[]>} ours other folders of this table, and through which of their files
 * @property {boolean} node whether Node's own modules may be imported
 * @property {readonly string[]} packages npm packages that may be imported, subpaths included
 * @property {readonly string[]} outside files and folders outside of these that may be imported
 */

/** @type {Record<string, Allowance>} */
export const FOLDERS = {
  contract: {
    ours: {},
    node: false,
    packages: [],
    outside: [],
  },
  core: {
    ours: { contract: 'any' },
    node: true,
    packages: [
      '@napi-rs/keyring',
      '@orpc/contract',
      '@orpc/server',
      'env-paths',
      'jose',
      'jsonc-parser',
      'oauth4webapi',
      'oidc-token-hash',
      'openid-client',
      'parse5',
      'shell-quote',
      'tough-cookie',
      'yaml',
      'zod',
    ],
    outside: ['package.json', 'resources/'],
  },
  playground: {
    ours: {},
    node: true,
    packages: ['jose', 'oidc-provider'],
    outside: ['resources/'],
  },
  cli: {
    ours: { contract: 'any', core: ['index.ts'], playground: ['index.ts'] },
    node: true,
    packages: [],
    outside: ['package.json', 'resources/'],
  },
  'browser-host': {
    ours: { contract: 'any', core: ['index.ts', 'router.ts'], page: 'any', playground: ['index.ts'] },
    node: true,
    packages: ['@orpc/server', 'ws'],
    outside: ['package.json', 'resources/'],
  },
  page: {
    ours: {},
    node: true,
    packages: [],
    outside: [],
  },
  'electron/main': {
    ours: { contract: 'any', core: ['index.ts', 'router.ts'], page: 'any', playground: ['index.ts'] },
    node: true,
    packages: ['@orpc/server', 'electron'],
    outside: [],
  },
  'electron/preload': {
    ours: {},
    node: false,
    packages: ['electron'],
    outside: [],
  },
  renderer: {
    ours: { contract: 'any' },
    node: false,
    packages: [
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
      '@orpc/client',
      '@orpc/contract',
      '@tanstack/vue-virtual',
      'monaco-editor',
      'pinia',
      'reka-ui',
      'vue',
    ],
    outside: ['resources/'],
  },
}

/**
 * Neighbours that never import each other. A unit is a folder `depth` levels below `below`; files above the units are
 * shared ground (the list, the types that all units follow).
 *
 * @type {readonly { what: string, below: string, depth: number }[]}
 */
export const SEPARATE_UNITS = [
  { what: 'operations', below: 'core/operations/', depth: 2 },
  { what: 'features', below: 'renderer/features/', depth: 1 },
]

/**
 * Files below `from` never import what lies below (or is) `to`.
 *
 * @type {readonly { from: string, to: string, why: string }[]}
 */
export const REFUSED_PATHS = [
  { from: 'renderer/components/', to: 'renderer/stores/', why: 'components import no store: they get props and emit' },
  { from: 'renderer/components/', to: 'renderer/features/', why: 'components serve features and know none of them' },
  { from: 'renderer/components/', to: 'renderer/app/engine.ts', why: 'only stores call the engine' },
  { from: 'renderer/features/', to: 'renderer/app/engine.ts', why: 'only stores call the engine' },
]
