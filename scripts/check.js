import { environmentWith } from './node-24.js'
import { setUp } from './setup.js'
import { runChecks } from './test/stages.js'
import { createSummary } from './test/summary.js'

// `npm run check`: what CI runs before the tests.
async function check() {
  const node = await setUp()
  const { stage, finish } = createSummary(console.log)
  await runChecks({ node, env: environmentWith(node) }, stage)
  finish()
}

check().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
