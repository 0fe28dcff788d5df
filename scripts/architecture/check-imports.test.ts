import { describe, expect, it } from 'vitest'
import { checkImports } from './check-imports.js'
import { findCircles } from './find-circles.js'

/** A small tree that keeps every rule; each test below breaks exactly one. */
const GOOD: Record<string, string> = {
  'src/contract/run.ts': `import type { Step } from './step.ts'`,
  'src/contract/step.ts': `export interface Step { id: string }`,
  'src/contract/run.test.ts': `import { it } from 'vitest'\nimport { readFile } from 'node:fs/promises'`,
  'src/core/index.ts': `import { list } from './operations/index.ts'\nimport type { Run } from '../contract/run.ts'`,
  'src/core/router.ts': `import { os } from '@orpc/server'\nimport { createEngine } from './index.ts'`,
  'src/core/operations/index.ts': `import { a } from './grants/a/run.ts'\nimport { b } from './grants/b/run.ts'`,
  'src/core/operations/operation.ts': `export interface Operation { id: string }`,
  'src/core/operations/grants/a/run.ts': `import type { Operation } from '../../operation.ts'\nimport './step.ts'`,
  'src/core/operations/grants/a/step.ts': `import { createHash } from 'node:crypto'`,
  'src/core/operations/grants/b/run.ts': `import { decodeJwt } from 'jose/jwt/decode'`,
  'src/core/testing/server.ts': `import { Provider } from 'oidc-provider'`,
  'src/core/core.test.ts': `import { server } from './testing/server.ts'\nimport '../../tests/support/http-server.ts'`,
  'src/playground/index.ts': `import { Worker } from 'node:worker_threads'`,
  'src/playground/worker.ts': `import Provider from 'oidc-provider'`,
  'src/cli/main.ts': `import { createEngine } from '../core/index.ts'\nconst p = await import('../playground/index.ts')`,
  'src/browser-host/main.ts': `import { router } from '../core/router.ts'\nimport { start } from '../playground/index.ts'`,
  'src/page/page-files.ts': `import { readFile } from 'node:fs/promises'`,
  'electron/main/index.ts': `import { app } from 'electron'\nimport { listPageFiles } from '../../src/page/page-files.ts'`,
  'electron/preload/index.ts': `import { ipcRenderer } from 'electron'`,
  'src/renderer/main.ts': `import { createApp } from 'vue'\nimport App from './app/App.vue'\nimport './app/styles.css'`,
  'src/renderer/app/App.vue': vue(`import RunScreen from '../features/run/RunScreen.vue'`),
  'src/renderer/app/engine.ts': `import type { Run } from '../../contract/run.ts'`,
  'src/renderer/stores/runs.ts': `import { engine } from '../app/engine.ts'`,
  'src/renderer/features/run/RunScreen.vue': vue(`import { useRuns } from '../../stores/runs.ts'`),
  'src/renderer/features/profiles/profile-form.ts': `export const fields = []`,
  'src/renderer/components/AppButton.vue': vue(`import type { Run } from '../../contract/run.ts'`),
}
const ASSETS = new Set(['src/renderer/app/styles.css', 'package.json', 'tests/support/http-server.ts'])

function vue(script: string): string {
  return `<script setup lang="ts">\n${script}\n</script>\n\n<template><p>{{ "import x from 'y'" }}</p></template>\n`
}

function check(changes: Record<string, string> = {}): string[] {
  const violations = checkImports(new Map(Object.entries({ ...GOOD, ...changes })), (path) => ASSETS.has(path))
  return violations.map(({ file, line, message }) => `${file}:${line} ${message}`)
}

it('accepts a tree that keeps every rule', () => {
  expect(check()).toEqual([])
})

/** [what is broken, the file, its new text, what the message must contain] */
const BROKEN: [string, string, string, string][] = [
  ['contract imports Node', 'contract/run.ts', `import 'node:path'`, 'contract imports nothing of Node'],
  ['contract imports Node by its old name', 'contract/run.ts', `import 'path'`, 'contract imports nothing of Node'],
  [
    'contract imports a package',
    'contract/run.ts',
    `import { z } from 'zod'`,
    'contract may not import the package zod',
  ],
  ['contract takes Node types', 'contract/run.ts', `/// <reference types="node" />`, 'the package node'],
  ['contract imports core', 'contract/x.ts', `import '../core/index.ts'`, 'contract may not import core'],
  ['core imports vue', 'core/index.ts', `import { ref } from 'vue'`, 'core may not import the package vue'],
  ['core imports electron', 'core/index.ts', `import { app } from 'electron'`, 'the package electron'],
  ['core imports the playground', 'core/index.ts', `import '../playground/index.ts'`, 'core may not import playground'],
  ['core imports the renderer', 'core/index.ts', `import '../renderer/app/engine.ts'`, 'core may not import renderer'],
  ['playground imports contract', 'playground/index.ts', `import '../contract/step.ts'`, 'may not import contract'],
  ['playground imports foreign parts', 'playground/index.ts', `import 'openid-client'`, 'the package openid-client'],
  ['playground by type', 'playground/index.ts', `let e: import('../core/index.ts').E`, 'may not import core'],
  ['renderer imports core', 'renderer/stores/runs.ts', `import type { E } from '../../core/index.ts'`, 'import core'],
  ['renderer imports Node', 'renderer/stores/runs.ts', `import 'node:fs'`, 'renderer imports nothing of Node'],
  ['a component of Vue imports Node', 'renderer/app/App.vue', vue(`import 'node:fs'`), 'App.vue:2 renderer imports'],
  ['cli passes the front door', 'cli/main.ts', `import '../core/router.ts'`, 'cli enters core through index.ts only'],
  [
    'cli passes it later',
    'cli/main.ts',
    `await import('../playground/worker.ts')`,
    'enters playground through index.ts',
  ],
  ['cli imports a package', 'cli/main.ts', `import 'zod'`, 'cli may not import the package zod'],
  [
    'host passes the front door',
    'browser-host/main.ts',
    `export * from '../core/operations/index.ts'`,
    'router.ts only',
  ],
  ['host passes it', 'browser-host/main.ts', `import '../playground/worker.ts'`, 'enters playground through index.ts'],
  ['host imports the cli', 'browser-host/main.ts', `import '../cli/main.ts'`, 'browser-host may not import cli'],
  ['operations meet', 'core/operations/grants/b/run.ts', `import '../a/step.ts'`, 'operations never import each other'],
  ['features meet', 'renderer/features/run/x.ts', `import '../profiles/profile-form.ts'`, 'features never import'],
  ['component imports store', 'renderer/components/x.ts', `import '../stores/runs.ts'`, 'components import no store'],
  ['component imports feature', 'renderer/components/x.ts', `import '../features/run/RunScreen.vue'`, 'know none'],
  ['feature calls engine', 'renderer/features/run/x.ts', `import '../../app/engine.ts'`, 'only stores call the engine'],
  ['code imports a test', 'core/index.ts', `import './testing/server.ts'`, 'only tests import tests'],
  [
    'code imports test support',
    'core/index.ts',
    `import '../../tests/support/http-server.ts'`,
    'core may not import tests',
  ],
  ['no such file', 'core/index.ts', `import './missing.ts'`, './missing.ts names no file'],
  ['extension left out', 'core/index.ts', `import './router'`, './router names no file'],
  [
    'code leans on test support',
    'core/index.ts',
    `import '../../tests/support/http-server.ts'`,
    'may not import tests/support',
  ],
  ['leaves src', 'renderer/main.ts', `import '../../package.json'`, 'renderer may not import package.json'],
  ['unknown folder', 'helpers/x.ts', `import 'node:fs'`, 'src/helpers is not in the import table'],
  ['hidden name', 'core/index.ts', `await import(name)`, 'an import names its file in plain text'],
  ['require', 'core/index.ts', `const e = require('electron')`, 'the package electron'],
  ['globbing', 'renderer/main.ts', `import.meta.glob('./features/*.vue')`, 'no globbing'],
]

describe('refuses', () => {
  const rows = BROKEN.map(([what, file, text, message]) => ({ what, file, text, message }))
  it.each(rows)('$what', ({ file, text, message }) => {
    expect(check({ [`src/${file}`]: text })).toEqual([expect.stringContaining(message)])
  })

  it.each([
    ['main', `import '../../src/core/operations/index.ts'`, 'electron/main enters core through index.ts or router.ts'],
    ['main', `import '../../src/browser-host/main.ts'`, 'electron/main may not import browser-host'],
    ['preload', `import '../../src/contract/run.ts'`, 'electron/preload may not import contract'],
    ['preload', `import '../main/index.ts'`, 'electron/preload may not import electron/main'],
    ['preload', `import 'node:fs'`, 'electron/preload imports nothing of Node'],
  ])('what leads out of electron/%s: %s', (half, text, message) => {
    expect(check({ [`electron/${half}/x.ts`]: text })).toEqual([expect.stringContaining(message)])
  })

  it('circles, those of types too', () => {
    expect(check({ 'src/contract/step.ts': `import type { Run } from './run.ts'` })).toEqual([
      'src/contract/run.ts:1 import circle: contract/run.ts → contract/step.ts → contract/run.ts',
    ])
  })
})

it('finds one shortest circle for each knot', () => {
  const graph = new Map([
    ['a', new Set(['b'])],
    ['b', new Set(['c', 'a'])],
    ['c', new Set(['a', 'd'])],
    ['d', new Set(['d'])],
  ])
  expect(findCircles(graph)).toEqual([['a', 'b'], ['c', 'a', 'b'], ['d']])
})
