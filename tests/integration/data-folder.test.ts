import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { StartRun } from '../../src/contract/engine.ts'
import { createSealedVault } from '../../src/core/vault/sealed-vault.ts'
import { createTestKeychain } from '../../src/core/vault/testing/test-keychain.ts'
import { leaksIn } from '../support/every-encoding.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let playground: TestPlayground
let test: TestEngine
const keychain = createTestKeychain()

beforeAll(async () => {
  playground = await createTestPlayground()
})
afterAll(() => playground.close())
beforeEach(async () => {
  keychain.entries.clear()
  test = await createTestEngine({ playground: playground.port })
  const vault = createSealedVault({
    folder: join(test.ports.dataFolder, 'vault'),
    keychain,
    environment: {},
    clock: Date,
  })
  await test.engine.close()
  const { createEngine } = await import('../../src/core/index.ts')
  const ports = { ...test.ports, vault }
  Object.assign(test, { engine: await createEngine(ports), ports })
})
afterEach(() => test.close())

const typed = 'MARKED typed:+/%é=&"<\'>end'

async function finish(input: StartRun): Promise<string> {
  const { runId } = await test.engine.startRun(input)
  for await (const event of test.engine.runEvents({ runId })) {
    if (event.type === 'run.finished') expect(event.outcome).toBe('succeeded')
  }
  return runId
}

/** Everything a person does in a day: a profile with a secret, a sign-in, the tokens used and renewed, notes, faults. */
async function busySession(): Promise<string[]> {
  const { engine } = test
  await engine.runCommand('profiles save', {
    name: 'mine',
    values: {
      issuer: playground.issuer,
      client_id: 'confidential-post',
      client_secret: { secret: 'mine' },
      scope: 'api:read',
    },
  })
  await engine.runCommand('secret set', {
    name: 'mine',
    value: playground.secretOf('confidential-post'),
    profile: 'mine',
  })
  await engine.runCommand('secret set', { name: 'typed', value: typed })
  await finish({ operation: 'authorization-code', profile: 'playground', parameters: { agent: 'form' } })
  await finish({ operation: 'client-credentials', profile: 'mine', parameters: { scope: 'api:read' } })
  await finish({ operation: 'userinfo', profile: 'playground', parameters: {} })
  const url = `${playground.issuer}/api/hello`
  const run = await finish({ operation: 'call', profile: 'playground', parameters: { url } })
  await finish({ operation: 'refresh', profile: 'playground', parameters: {} })
  const kept = await engine.runCommand('tokens list', {})
  const values = await Promise.all(kept.map(({ fingerprint }) => engine.reveal({ fingerprint })))
  expect(values.length).toBeGreaterThanOrEqual(4)
  await engine.runCommand('history note', { run_id: run, note: `Kim's token: Bearer ${values[0]!.value}` })
  engine.fault('test', new Error(`quotes ${typed} and ${values[0]!.value}`))
  return [typed, playground.secretOf('confidential-post'), ...values.map(({ value }) => value)]
}

async function textsIn(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(files.map(async (file): Promise<[string, string]> => [file, await readFile(file, 'latin1')]))
}

it('a busy session leaves no secret in clear on disk, nor in diagnostics', async () => {
  const values = await busySession()
  const { text } = await test.engine.runCommand('diagnostics show', {})
  expect(text).toContain('test: Error')
  await test.engine.close()
  const texts = [...(await textsIn(test.folder)), ['diagnostics', text] as [string, string]]
  expect(texts.some(([name]) => name.includes('vault'))).toBe(true)
  expect(texts.some(([name]) => name.endsWith('grantlab.log'))).toBe(true)
  for (const value of values) {
    const asBytes = Buffer.from(value, 'utf8').toString('latin1')
    for (const [name, content] of texts) {
      expect([name, ...leaksIn(content, value), ...leaksIn(content, asBytes)]).toEqual([name])
    }
  }
})

it('reset says what it would take, takes it, and leaves what a person wrote', async () => {
  await busySession()
  await test.engine.runCommand('settings save', { values: { theme: 'dark' } })
  await writeFile(join(test.ports.dataFolder, 'of-somebody-else.txt'), 'mine')
  await writeFile(join(test.ports.dataFolder, 'playground-running.json'), '{}')
  const before = await readdir(test.ports.dataFolder)
  const told = await test.engine.runCommand('reset', { dry_run: true })
  expect(await readdir(test.ports.dataFolder)).toEqual(before)
  expect(told.filter(({ outcome }) => outcome === 'would-be-removed').map(({ part }) => part)).toEqual(
    expect.arrayContaining(['vault', 'history', 'settings', 'log', 'fingerprints']),
  )
  expect(keychain.entries.size).toBeGreaterThan(0)
  const done = await test.engine.runCommand('reset', {})
  expect(done.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  expect(keychain.entries.size).toBe(0)
  expect(await readdir(test.ports.dataFolder)).toEqual(['of-somebody-else.txt'])
  expect(await readdir(join(test.folder, 'workspace', 'profiles'))).toEqual(['mine.yaml'])
  // The window stays open: what is done afterwards begins anew.
  await finish({ operation: 'discover', parameters: { issuer: playground.issuer } })
  expect(await test.engine.runCommand('tokens list', {})).toEqual([])
})

it('history keeps as many runs as the settings say, and what is pinned', async () => {
  const issuer = playground.issuer
  const runIds: string[] = []
  for (let count = 0; count < 5; count++) {
    runIds.push(await finish({ operation: 'discover', parameters: { issuer } }))
  }
  await test.engine.runCommand('history pin', { run_id: runIds[0]! })
  await test.engine.runCommand('settings save', { values: { history_runs: 2 } })
  const left = await test.engine.runCommand('history list', {})
  expect(left.map(({ runId }) => runId)).toEqual([runIds[4], runIds[3], runIds[0]])
})
