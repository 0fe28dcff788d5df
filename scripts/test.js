import { ensureBrowser } from './ensure-browser.js'
import { ensureKeyring } from './ensure-keyring.js'
import { environmentWith } from './node-24.js'
import { setUp } from './setup.js'
import { runBuild, runChecks, runPlaywright, runVitest } from './test/stages.js'
import { createSummary } from './test/summary.js'

/**
 * `npm test`: all checks and all tests, each of them even when one before has failed.
 *
 * @returns {Promise<void>}
 */
async function test() {
  const { stage, finish } = createSummary(console.log)
  let node = ''
  const setUpOutcome = await stage('set-up', async () => {
    try {
      node = await setUp()
      return { passed: 0, failed: 0, skipped: [] }
    } catch (error) {
      console.log(error instanceof Error ? error.message : error)
      return { passed: 0, failed: 1, skipped: [] }
    }
  })
  if (setUpOutcome.failed > 0) return finish()

  const runtime = { node, env: environmentWith(node) }
  const browser = await ensureBrowser()
  await ensureKeyring()
  await runChecks(runtime, stage)
  const build = await stage('build', () => runBuild(runtime))
  await stage('tests', () => runVitest(runtime))
  await stage('end to end', async () => {
    if (build.failed > 0) return { passed: 0, failed: 0, skipped: ['end to end: there is no build to test'] }
    if ('reason' in browser) return { passed: 0, failed: 0, skipped: [`end to end: ${browser.reason}`] }
    return runPlaywright(runtime)
  })
  return finish()
}

test().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
