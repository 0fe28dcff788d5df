#!/usr/bin/env node
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

// What `npx grantlab` runs in a checkout. On a Node.js that is new enough and with a build in place it adds nothing but
// the compile cache, which lies in out/: a shared folder could be filled by somebody else.
const program = new URL('../out/node/grantlab.js', import.meta.url)
const isNewEnough = Number.parseInt(process.versions.node, 10) >= 24

if (isNewEnough && existsSync(program)) {
  nodeModule.enableCompileCache?.(fileURLToPath(new URL('../out/compile-cache', import.meta.url)))
  process.argv[1] = fileURLToPath(program)
  await import(program.href)
} else {
  const { runElsewhere } = await import('./run-elsewhere.js')
  runElsewhere(fileURLToPath(program))
}
