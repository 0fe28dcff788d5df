import { join } from 'node:path'
import { build } from 'vite'
import renderer from '../../vite.config.ts'
import { NODE_ENTRIES, nodeBuild } from '../../vite.node.config.ts'

// Builds everything into the folder named by the first argument; runs on the Node.js that Grantlab needs.
const into = process.argv[2]
if (!into) throw new Error('usage: run-vite.js FOLDER')

const browser = { ...renderer, configFile: /** @type {const} */ (false) }
await build({ ...browser, build: { ...browser.build, outDir: join(into, 'renderer') } })
for (const name of NODE_ENTRIES) await build(nodeBuild(name, join(into, 'node')))
