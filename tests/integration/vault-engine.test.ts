import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SecretSummary } from '../../src/contract/kept.ts'
import { createEngine } from '../../src/core/index.ts'
import { createSealedVault } from '../../src/core/vault/sealed-vault.ts'
import { createTestKeychain } from '../../src/core/vault/testing/test-keychain.ts'
import { problemOfWork } from '../../src/core/workspace/testing/workspace-fixture.ts'
import { leaksIn } from '../support/every-encoding.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let bench: TestEngine
let playground: TestPlayground
const keychain = createTestKeychain()

/** A vault on disk in the engine's data folder, as a process sees it that starts now. */
const vaultOf = (dataFolder: string) =>
  createSealedVault({ folder: join(dataFolder, 'vault'), keychain, environment: {}, clock: Date })

beforeEach(async () => {
  keychain.entries.clear()
  keychain.state = 'open'
  playground = await createTestPlayground()
  bench = await createTestEngine()
  await restart()
})
afterEach(async () => {
  await bench.close()
  await playground.close()
})

/** Ends the engine and starts one anew on the same folders, as the next call of the command line does. */
async function restart(): Promise<void> {
  await bench.engine.close()
  const ports = { ...bench.ports, vault: vaultOf(bench.ports.dataFolder) }
  const engine = await createEngine(ports)
  Object.assign(bench, { engine, ports })
}

async function run(operation: string, parameters: Record<string, string | boolean | number>, profile?: string) {
  const { runId } = await bench.engine.startRun({ operation, parameters, ...(profile ? { profile } : {}) })
  for await (const event of bench.engine.runEvents({ runId })) {
    if (event.type === 'run.finished') return event
  }
  throw new Error('the run never finished')
}

test('tokens of one process are refreshed and revealed by the next, and no clear value is on disk', async () => {
  expect(await run('authorization-code', playground.signIn() as Record<string, string>)).toMatchObject({
    outcome: 'succeeded',
  })
  await restart()
  const kept = await bench.engine.runCommand('tokens list', {})
  const refresh = kept.find(({ kind }) => kind === 'refresh_token')
  expect(refresh).toMatchObject({ client_id: 'public', generation: 1 })
  const { value } = await bench.engine.reveal({ fingerprint: refresh!.fingerprint })
  const finished = await run('refresh', { issuer: playground.issuer, client_id: 'public' })
  expect(finished).toMatchObject({ outcome: 'succeeded' })
  await restart()
  expect((await bench.engine.runCommand('tokens list', {})).map(({ generation }) => generation)).toEqual([2, 2, 2])
  const files = await readdir(bench.ports.dataFolder, { recursive: true, withFileTypes: true })
  for (const { parentPath, name } of files.filter((file) => file.isFile())) {
    expect([name, leaksIn(await readFile(join(parentPath, name), 'latin1'), value)]).toEqual([name, []])
  }
})

test('a secret is bound to the issuer of the profile it is set for, and missing ones are named', async () => {
  const { engine } = bench
  const values = { issuer: playground.issuer, client_id: 'confidential', client_secret: { secret: 'acme' } }
  await engine.runCommand('profiles save', { name: 'acme', values })
  expect(await engine.runCommand('secret missing', {})).toEqual([{ name: 'acme', usedBy: ['acme'] }])
  await engine.runCommand('secret set', { name: 'acme', value: playground.secretOf('confidential'), profile: 'acme' })
  expect(await engine.runCommand('secret missing', {})).toEqual([])
  const [secret] = (await engine.runCommand('secret list', {})) as [SecretSummary]
  expect(secret).toMatchObject({
    name: 'acme',
    from: 'vault',
    usedBy: ['acme'],
    origins: [new URL(playground.issuer).origin],
  })
  await restart()
  expect(await run('client-credentials', { scope: 'api:read' }, 'acme')).toMatchObject({ outcome: 'succeeded' })
})

test('a locked vault stops what needs a sealed secret before anything is sent, and nothing else', async () => {
  const values = { issuer: playground.issuer, client_id: 'confidential', client_secret: { secret: 'acme' } }
  await bench.engine.runCommand('profiles save', { name: 'acme', values })
  await bench.engine.runCommand('secret set', {
    name: 'acme',
    value: playground.secretOf('confidential'),
    profile: 'acme',
  })
  await bench.engine.runCommand('vault lock', {})
  expect(await bench.engine.runCommand('vault show', {})).toMatchObject({ state: 'locked' })
  expect(await problemOfWork(run('client-credentials', {}, 'acme'))).toMatchObject({ code: 'vault-locked' })
  const own = { issuer: playground.issuer, client_id: 'confidential', scope: 'api:read' }
  const given = { ...own, client_secret: playground.secretOf('confidential') }
  expect(await run('client-credentials', given)).toMatchObject({ outcome: 'succeeded' })
  expect(await bench.engine.runCommand('vault unlock', {})).toMatchObject({ state: 'ready' })
  expect(await run('client-credentials', { scope: 'api:read' }, 'acme')).toMatchObject({ outcome: 'succeeded' })
})

test('a passphrase is no reference and is quoted nowhere', async () => {
  const found = await problemOfWork(
    bench.engine.runCommand('vault use', { store: 'passphrase', passphrase: { secret: 'hunter2' } as never }),
  )
  expect(found.code).toBe('parameter-invalid')
  const short = await problemOfWork(
    bench.engine.runCommand('vault use', { store: 'passphrase', passphrase: 'hunter2' }),
  )
  expect([short.code, JSON.stringify(short).includes('hunter2')]).toEqual(['parameter-invalid', false])
})
