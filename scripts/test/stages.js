import { mkdirSync, rmSync } from 'node:fs'
import { ensureBuild } from '../build/ensure-build.js'
import { inProject } from '../project.js'
import { runProcess } from '../run-process.js'
import { CHECKS } from './checks.js'
import { readPlaywrightReport, readVitestReport } from './read-reports.js'

const CHECK_TIMEOUT_MS = 5 * 60_000
const TESTS_TIMEOUT_MS = 20 * 60_000

/**
 * What a stage came to. A stage that is one check counts as one.
 *
 * @typedef {{ passed: number, failed: number, skipped: readonly string[] }} Outcome `skipped` holds a reason each
 */

/** @type {Outcome} */
const PASSED = { passed: 1, failed: 0, skipped: [] }
/** @type {Outcome} */
const FAILED = { passed: 0, failed: 1, skipped: [] }

/**
 * Every check, one after the other; the output of those that fail is shown.
 *
 * @param {{ node: string, env: Record<string, string> }} runtime
 * @param {(name: string, run: () => Promise<Outcome>) => Promise<Outcome>} stage
 */
export async function runChecks({ node, env }, stage) {
  for (const { name, args } of CHECKS) {
    await stage(name, async () => {
      const { code, output } = await runProcess(node, args, { capture: true, timeoutMs: CHECK_TIMEOUT_MS, env })
      if (code === 0) return PASSED
      if (code === 3) return { passed: 0, failed: 0, skipped: [`${name}: ${output.trim()}`] }
      console.log(output.trimEnd())
      return FAILED
    })
  }
}

/**
 * @param {{ node: string }} runtime
 * @returns {Promise<Outcome>}
 */
export async function runBuild({ node }) {
  try {
    await ensureBuild(node)
    return PASSED
  } catch (error) {
    console.log(error instanceof Error ? error.message : error)
    return FAILED
  }
}

/**
 * Unit, contract and integration tests.
 *
 * @param {{ node: string, env: Record<string, string> }} runtime
 * @returns {Promise<Outcome>}
 */
export function runVitest(runtime) {
  const reporter = inProject('scripts', 'test', 'vitest-reporter.js')
  const args = ['vitest/vitest.mjs', 'run', '--reporter=default', `--reporter=${reporter}`]
  return runWithReport(runtime, args, readVitestReport)
}

/**
 * End-to-end tests.
 *
 * @param {{ node: string, env: Record<string, string> }} runtime
 * @returns {Promise<Outcome>}
 */
export function runPlaywright(runtime) {
  const args = ['@playwright/test/cli.js', 'test', '--pass-with-no-tests', '--reporter=list,json']
  return runWithReport(runtime, args, readPlaywrightReport)
}

/**
 * @param {{ node: string, env: Record<string, string> }} runtime
 * @param {readonly string[]} args the program below node_modules, then its arguments
 * @param {(path: string) => Outcome | undefined} readReport
 * @returns {Promise<Outcome>}
 */
async function runWithReport({ node, env }, [program = '', ...args], readReport) {
  const report = inProject('out', 'reports', `${program.split('/')[0]?.replace('@', '')}.json`)
  mkdirSync(inProject('out', 'reports'), { recursive: true })
  rmSync(report, { force: true })
  const { code } = await runProcess(node, [inProject('node_modules', program), ...args], {
    timeoutMs: TESTS_TIMEOUT_MS,
    env: { ...env, GRANTLAB_TEST_REPORT: report, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  })
  const outcome = readReport(report) ?? FAILED
  // Something may fail outside of any test: an error nobody caught, a file that cannot be loaded.
  return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome
}
