import { existsSync, readFileSync } from 'node:fs'

/**
 * @param {string} path of what vitest-reporter.js wrote
 * @returns {import('./stages.js').Outcome | undefined} undefined when there is no report
 */
export function readVitestReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/**
 * @typedef {{ status: string, annotations?: { type: string, description?: string }[] }} PlaywrightTest
 * @typedef {{ title: string, suites?: PlaywrightSuite[], specs?: { title: string, tests: PlaywrightTest[] }[] }} PlaywrightSuite
 */

/**
 * @param {string} path of what Playwright's JSON reporter wrote
 * @returns {import('./stages.js').Outcome | undefined} undefined when there is no report
 */
export function readPlaywrightReport(path) {
  if (!existsSync(path)) return undefined
  /** @type {{ suites: PlaywrightSuite[], errors: unknown[] }} */
  const report = JSON.parse(readFileSync(path, 'utf8'))
  const tests = report.suites.flatMap(testsOf)
  const skipped = tests.filter(({ test }) => test.status === 'skipped')
  const passed = tests.filter(({ test }) => test.status === 'expected').length
  return {
    passed,
    failed: tests.length - passed - skipped.length + report.errors.length,
    skipped: skipped.map(({ title, test }) => {
      const why = test.annotations?.find(({ type }) => type === 'skip' || type === 'fixme')?.description
      return `${title}: ${why ?? 'no reason given'}`
    }),
  }
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {{ title: string, test: PlaywrightTest }[]}
 */
function testsOf(suite) {
  const own = (suite.specs ?? []).flatMap(({ title, tests }) => tests.map((test) => ({ title, test })))
  return [...own, ...(suite.suites ?? []).flatMap(testsOf)]
}
