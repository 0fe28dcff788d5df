/**
 * Runs stages one after the other, says how each ended and how long it took, and sums up.
 *
 * @param {(line: string) => void} print
 */
export function createSummary(print) {
  const sums = { passed: 0, failed: 0 }
  /** @type {string[]} */
  const skips = []
  /**
   * @param {string} name
   * @param {() => Promise<import('./stages.js').Outcome>} run
   */
  const stage = async (name, run) => {
    const startedAt = Date.now()
    const outcome = await run()
    sums.passed += outcome.passed
    sums.failed += outcome.failed
    skips.push(...outcome.skipped)
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    print(`${name.padEnd(14)} ${wordFor(outcome).padEnd(10)} ${seconds} s`)
    return outcome
  }
  /** Prints the reasons of all skips and, as the last line, the sums; the exit code is 1 when anything failed. */
  const finish = () => {
    for (const reason of skips) print(`skipped: ${reason}`)
    print(`${sums.passed} passed, ${sums.failed} failed, ${skips.length} skipped`)
    process.exitCode = sums.failed === 0 ? 0 : 1
  }
  return { stage, finish }
}

/** @param {import('./stages.js').Outcome} outcome */
function wordFor({ passed, failed, skipped }) {
  if (failed > 0) return 'FAILED'
  return passed === 0 && skipped.length > 0 ? 'skipped' : 'passed'
}
