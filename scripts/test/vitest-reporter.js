import { writeFileSync } from 'node:fs'

/** Writes what the test script sums up; vitest's own JSON leaves out why a test was skipped. */
export default class SummaryReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const report = process.env.GRANTLAB_TEST_REPORT
    if (!report) return
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const suites = modules.flatMap((module) => [...module.children.allSuites()])
    const broken = [...modules, ...suites].filter((part) => part.errors().length > 0).length
    const passed = tests.filter((test) => test.result().state === 'passed').length
    const skipped = tests.filter((test) => test.result().state === 'skipped').map(toReason)
    const failed = tests.length - passed - skipped.length + broken + unhandledErrors.length
    writeFileSync(report, JSON.stringify({ passed, failed, skipped }))
  }
}

/** @param {import('vitest/node').TestCase} test */
function toReason(test) {
  const result = test.result()
  const note = 'note' in result ? result.note : undefined
  return `${test.fullName}: ${note ?? (test.options.mode === 'todo' ? 'not written yet' : 'no reason given')}`
}
