import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { build as buildDesktop } from 'electron-vite'
import { NODE_ENTRIES, nodeBuild } from '../../vite.node.config.ts'
import { inProject } from '../project.js'

// Builds everything into the folder named by the first argument; runs on the Node.js that Grantlab needs.
try {
  await buildInto(process.argv[2] ?? '')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** @param {string} into */
async function buildInto(into) {
  const configFile = inProject('electron.vite.config.ts')
  await buildDesktop({ root: inProject(), configFile, mode: 'production', logLevel: 'warn', build: { outDir: into } })
  checkMain(join(into, 'main'))
  for (const entry of NODE_ENTRIES) {
    const built = await build(nodeBuild(entry, into))
    if ('output' in built) checkEntry(entry, built.output)
  }
}

/**
 * Says how large an entry became, and refuses what would make the command line slow at its start.
 *
 * @param {string} entry
 * @param {readonly (import('vite').Rolldown.OutputChunk | import('vite').Rolldown.OutputAsset)[]} output
 * @throws {Error} when the command line's entry is no single file
 */
function checkEntry(entry, output) {
  const chunks = output.flatMap((part) => (part.type === 'chunk' ? [part] : []))
  const names = new Set(chunks.map((chunk) => chunk.fileName))
  for (const { fileName, imports, code } of chunks.filter((chunk) => chunk.isEntry)) {
    const needed = imports.filter((name) => names.has(name))
    if (entry === 'node/grantlab' && needed.length > 0) {
      throw new Error(
        `${fileName} loads ${needed.join(', ')} at its start instead of being one file: each costs start-up time. ` +
          'The bundler splits like that when a module awaits at its top level: move that await into a function.',
      )
    }
    console.log(`  ${entry}.js ${Math.round(Buffer.byteLength(code) / 1024)} KB`)
  }
}

/**
 * Electron waits for its main file to come to its end, which therefore awaits at its top level: a chunk that imports the
 * main file would wait for it, and it for the chunk.
 *
 * @param {string} folder
 * @throws {Error} when a chunk does
 */
function checkMain(folder) {
  const waiting = readdirSync(folder).find((name) => {
    return (
      name.endsWith('.js') && /(?:from|import)\s*["']\.\/index\.js["']/.test(readFileSync(join(folder, name), 'utf8'))
    )
  })
  if (waiting) throw new Error(`${waiting} waits for index.js, which waits for what it loads: neither would start.`)
}
