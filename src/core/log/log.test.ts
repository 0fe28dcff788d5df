import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from './log.ts'

let dataFolder: string
beforeEach(async () => {
  dataFolder = join(await mkdtemp(join(tmpdir(), 'grantlab-log-')), 'data')
})
afterEach(() => rm(join(dataFolder, '..'), { recursive: true, force: true }))

const clock = { now: () => Date.parse('2026-11-21T10:00:00Z') }
const read = () => readFile(join(dataFolder, 'grantlab.log'), 'utf8')

test('lines come back newest last, in a file of the owner alone', async () => {
  const log = createLog({ dataFolder, clock })
  expect(await log.tail(5)).toEqual([])
  for (const text of ['one', 'two', 'three']) log.write(text)
  expect(await log.tail(2)).toEqual([
    `2026-11-21T10:00:00.000Z ${process.pid} two`,
    `2026-11-21T10:00:00.000Z ${process.pid} three`,
  ])
  expect((await stat(join(dataFolder, 'grantlab.log'))).mode & 0o777).toBe(0o600)
})

test('a line stays one line, whatever stands in it, and is bounded', async () => {
  const log = createLog({ dataFolder, clock })
  log.write('first\n2026-11-21T10:00:00.000Z 1 forged\r\u2028more\u001b[31m')
  log.write('x'.repeat(10_000))
  await log.flush()
  const lines = (await read()).trimEnd().split('\n')
  expect(lines).toHaveLength(2)
  expect(lines[0]).not.toMatch(/[\u001b\r\u2028]/)
  expect(lines[1]!.length).toBeLessThan(4_100)
})

test('an error is told without its text, and with it only masked', async () => {
  const log = createLog({ dataFolder, clock })
  const broken = new TypeError('bad token sEcr3t-value\n    at sEcr3t-value (nowhere.js:1:1)', {
    cause: Object.assign(new Error('sEcr3t-value'), { code: 'EBAD' }),
  })
  log.fault('command', broken)
  log.fault('run', broken, (text) => text.replaceAll('sEcr3t-value', '●●●●'))
  log.fault('thrown', 'sEcr3t-value')
  await log.flush()
  const text = await read()
  expect(text).not.toContain('sEcr3t')
  expect(text).toContain('command: TypeError at ')
  expect(text).toContain('caused by Error EBAD')
  expect(text).toContain('log.test.ts')
  expect(text).toContain('run: TypeError bad token ●●●●')
  expect(text).toContain('thrown: a thrown string')
})

test('both files together stay bounded', async () => {
  const log = createLog({ dataFolder, clock })
  for (let count = 0; count < 400; count++) log.write(`${count} ${'x'.repeat(3_000)}`)
  await log.flush()
  const names = (await readdir(dataFolder)).sort()
  expect(names).toEqual(['grantlab.log', 'grantlab.log.old'])
  for (const name of names) expect((await stat(join(dataFolder, name))).size).toBeLessThanOrEqual(262_144)
  expect((await log.tail(1))[0]).toContain(' 399 ')
})

test('a folder that cannot be written fails nothing', async () => {
  const log = createLog({ dataFolder: '/dev/null/grantlab', clock })
  log.write('lost')
  await log.flush()
  expect(await log.tail(1)).toEqual(['The log cannot be read.'])
})
