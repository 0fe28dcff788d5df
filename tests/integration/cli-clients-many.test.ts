import { afterAll, beforeAll, expect, it } from 'vitest'
import { reportIn } from '../support/cli-bench.ts'
import { startEmulatorCli, type EmulatorCli } from '../support/emulator-cli.ts'

let cli: EmulatorCli
const list = ['clients', 'list', '--profile', 'telnyx-emulator']

beforeAll(async () => {
  cli = await startEmulatorCli()
  await cli.control('POST', '/emulator/clients', { count: 9998 })
})
afterAll(() => cli.close())

it('ten thousand clients come whole through a pipe, as JSON and as lines', async () => {
  const told = await cli.grantlab(...list, '--json')
  expect(told).toMatchObject({ exitCode: 0, stderr: '' })
  const report = reportIn(told)
  expect(new Set(report.clients.map(({ client_id }) => client_id)).size).toBe(10_000)
  expect(report.list).toMatchObject({ pagesRead: 100, rows: 10_000, total: 10_000, complete: true })
  const shown = await cli.grantlab(...list)
  expect(shown.stdout.match(/^\S+ +Seeded client \d+ .*$/gm)).toHaveLength(9998)
  expect(shown.stdout).toContain('\n10000 in all\n')
})

it('a reader that goes away is no failure', async () => {
  const running = cli.start(...list)
  await running.shows(/page 1 of 100/)
  running.child.stdout.destroy()
  expect(await running.ended).toMatchObject({ exitCode: 0, stderr: '' })
})
