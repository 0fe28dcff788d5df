import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { problemLineIn } from '../support/cli-bench.ts'
import { startHttpServer, type TestServer } from '../support/http-server.ts'
import { runCli } from '../support/run-cli.ts'

let folder: string
let api: TestServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-confirm-'))
  api = await startHttpServer((_request, response) => response.writeHead(204).end())
  await mkdir(join(folder, 'profiles'))
  await writeFile(join(folder, 'grantlab.yaml'), 'version: 1\n')
  await writeFile(join(folder, 'profiles', 'live.yaml'), `version: 1\nproduction: true\nissuer: ${api.origin}\n`)
})
afterAll(async () => {
  await api.close()
  await rm(folder, { recursive: true })
})

const call = (...flags: string[]) => {
  const places = ['--workspace', folder, '--data-dir', join(folder, 'data')]
  return runCli([
    'call',
    `${api.origin}/things/1`,
    '--profile',
    'live',
    '--token',
    'none',
    '--json',
    ...flags,
    ...places,
  ])
}

it.each([[[]], [['--confirm', 'live2']]])('DELETE in a production profile is not sent with %j', async (flags) => {
  const before = api.requests.length
  const result = await call('--method', 'DELETE', ...flags)
  expect(result.exitCode).toBe(3)
  const whatToDo = [expect.stringContaining('--confirm live')]
  expect(problemLineIn(result)).toMatchObject({ code: 'confirmation-needed', whatToDo })
  expect(api.requests.length).toBe(before)
})

it('is sent with the profile’s name; what destroys nothing needs none', async () => {
  expect((await call('--method', 'DELETE', '--confirm', 'live')).exitCode).toBe(0)
  expect((await call()).exitCode).toBe(0)
  expect(api.requests.map(({ method }) => method)).toEqual(['DELETE', 'GET'])
})
