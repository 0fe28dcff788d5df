import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readPlaywrightReport, readVitestReport } from './read-reports.js'
import { createSummary } from './summary.js'

let folder = ''
let exitCode: typeof process.exitCode
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantlab-summary-'))
  exitCode = process.exitCode
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  process.exitCode = exitCode
})

it('sums up all stages, names each skip, and ends with the sums', async () => {
  const lines: string[] = []
  const { stage, finish } = createSummary((line) => lines.push(line))
  await stage('lint', async () => ({ passed: 1, failed: 0, skipped: [] }))
  await stage('tests', async () => ({ passed: 40, failed: 2, skipped: ['a: needs a keychain'] }))
  await stage('end to end', async () => ({ passed: 0, failed: 0, skipped: ['end to end: no browser'] }))
  finish()
  expect(lines.slice(0, 3).map((line) => line.replace(/[\d.]+ s$/, '').trim())).toEqual([
    'lint           passed',
    'tests          FAILED',
    'end to end     skipped',
  ])
  expect(lines.slice(3)).toEqual([
    'skipped: a: needs a keychain',
    'skipped: end to end: no browser',
    '41 passed, 2 failed, 2 skipped',
  ])
  expect(process.exitCode).toBe(1)
})

it('reads what Playwright reports, nested suites and errors outside of tests included', () => {
  const path = join(folder, 'playwright.json')
  const spec = (title: string, status: string, annotations: object[] = []) => ({
    title,
    tests: [{ status, annotations }],
  })
  const inner = { title: 'inner', specs: [spec('b', 'unexpected'), spec('c', 'flaky')] }
  const skipped = spec('d', 'skipped', [{ type: 'skip', description: 'no display' }])
  const outer = { title: 'outer', specs: [spec('a', 'expected'), skipped, spec('e', 'skipped')], suites: [inner] }
  writeFileSync(path, JSON.stringify({ suites: [outer], errors: [{ message: 'a file does not load' }] }))
  expect(readPlaywrightReport(path)).toEqual({
    passed: 1,
    failed: 3,
    skipped: ['d: no display', 'e: no reason given'],
  })
})

it('tells a missing report from an empty one', () => {
  expect(readVitestReport(join(folder, 'none.json'))).toBeUndefined()
  expect(readPlaywrightReport(join(folder, 'none.json'))).toBeUndefined()
})
