import { join } from 'node:path'
import { build } from 'vite'
import renderer from '../../vite.config.ts'
import { NODE_ENTRIES, nodeBuild } from '../../vite.node.config.ts'

// Builds everything into the folder named by the first argument; runs on the Node.js that Grantlab needs.
try {
  await buildInto(process.argv[2] ?? '')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** @param {string} into */
async function buildInto(into) {
  await build({
    ...renderer,
    configFile: false,
    mode: 'production',
    build: { ...renderer.build, outDir: join(into, 'renderer') },
  })
  for (const name of NODE_ENTRIES) {
    const built = await build(nodeBuild(name, join(into, 'node')))
    if ('output' in built) reportEntry(built.output)
  }
}

/**
 * Says how large the entry became, and refuses one that is not a single file: each further file costs start-up time.
 *
 * @param {readonly (import('vite').Rolldown.OutputChunk | import('vite').Rolldown.OutputAsset)[]} output
 * @throws {Error} when the entry is split
 */
function reportEntry(output) {
  const chunks = output.flatMap((part) => (part.type === 'chunk' ? [part] : []))
  const names = new Set(chunks.map((chunk) => chunk.fileName))
  for (const { fileName, imports, code } of chunks.filter((chunk) => chunk.isEntry)) {
    const needed = imports.filter((name) => names.has(name))
    if (needed.length > 0) {
      throw new Error(
        `${fileName} loads ${needed.join(', ')} at its start instead of being one file. ` +
          'The bundler splits like that when a module awaits at its top level: move that await into a function.',
      )
    }
    console.log(`  ${fileName} ${Math.round(Buffer.byteLength(code) / 1024)} KB`)
  }
}
