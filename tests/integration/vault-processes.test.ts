import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSealedVault } from '../../src/core/vault/sealed-vault.ts'
import { createFileKeychain } from '../../src/core/vault/testing/file-keychain.ts'
import { createTokenStore } from '../../src/core/vault/token-store.ts'
import { startRotatingServer } from '../support/rotating-server.ts'
import { startVaultProcess } from '../support/vault-process.ts'

let folder: string
let environment: Record<string, string>
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-processes-'))
  environment = {
    TEST_KEYCHAIN: join(folder, 'keychain'),
    GRANTLAB_VAULT_PASSPHRASE: 'correct horse battery',
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  }
})
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))

/** The vault as a process sees it that starts now. */
function open() {
  const keychain = createFileKeychain(environment.TEST_KEYCHAIN!)
  return createSealedVault({ folder: join(folder, 'vault'), keychain, environment, clock: Date })
}

const kills = 240
/** On a busy machine fewer kills have to do. */
const longestMs = 30_000
const writers = ['a', 'b']

/** Lets a writer confirm some writes and kills it outright in the middle of a later one; answers the last confirmed. */
async function writeAndKill(name: string, start: number): Promise<number> {
  const { child, facts, told, ended } = startVaultProcess(['write', folder, name, String(start)], environment)
  await told(randomInt(1, 4))
  child.kill('SIGKILL')
  await ended
  return Number(facts.at(-1) ?? start - 1)
}

test(`nothing that was confirmed is lost by up to ${kills} kills in mid-write`, { timeout: 120_000 }, async () => {
  await open().set('first', 'made before')
  const end = performance.now() + longestMs
  await Promise.all(
    writers.map(async (name) => {
      let confirmed = -1
      for (let kill = 0; kill < kills / writers.length && performance.now() < end; kill++) {
        confirmed = await writeAndKill(name, confirmed + 1)
        if (kill % 10 === 0) await expectConfirmed(name, confirmed)
      }
      await expectConfirmed(name, confirmed)
    }),
  )
  expect(await open().get('first')).toMatchObject({ value: 'made before' })
})

/** Each of the last five confirmed values is there, or a later one that was written and not confirmed. */
async function expectConfirmed(name: string, confirmed: number): Promise<void> {
  const vault = open()
  for (let count = Math.max(0, confirmed - 4); count <= confirmed; count++) {
    const secret = await vault.get(`${name}-${count % 5}`)
    const [text = '', found = ''] = secret?.value.split(' ') ?? []
    expect([text.length, [count, confirmed + 1].includes(Number(found))]).toEqual([2000, true])
  }
}

test(
  'a move between stores that is killed at any moment leaves the old vault whole, or the new one',
  { timeout: 120_000 },
  async () => {
    const names = Array.from({ length: 20 }, (_, index) => `secret-${index}`)
    for (const name of names) await open().set(name, `value of ${name}`)
    for (let kill = 0; kill < 8; kill++) {
      const { child, told, ended } = startVaultProcess(['move', folder], environment)
      await told(randomInt(1, 60))
      child.kill('SIGKILL')
      await ended
      const vault = open()
      for (const name of names) expect(await vault.get(name)).toMatchObject({ value: `value of ${name}` })
    }
    // And whoever writes next takes away what the killed ones left.
    const vault = open()
    await vault.set('last', 'x')
    expect(await vault.list()).toHaveLength(names.length + 1)
  },
)

test('two processes that refresh one rotating token send one request, and both have the answer', async () => {
  const server = await startRotatingServer('rt-1')
  const tokens = createTokenStore({ clock: Date, records: open().families })
  const key = {
    profile: 'acme',
    issuer: 'https://a.test',
    client_id: 'app',
    redirect_uri: '',
    scope: 'openid',
    resource: [],
    user: 'alice',
    keyBinding: '',
  }
  await tokens.keep(key, { access_token: 'at-1', refresh_token: 'rt-1' }, 'authorization-code')
  await tokens.settle()
  try {
    for (let round = 0; round < 3; round++) {
      const processes = ['one', 'two'].map(() => startVaultProcess(['refresh', folder, server.address], environment))
      await Promise.all(processes.map(({ told }) => told(1)))
      for (const { child } of processes) child.stdin.end('go\n')
      await Promise.all(processes.map(({ ended }) => ended))
      const generation = round + 2
      const expected = ['seen', { generation, refresh_token: `rt-${generation}` }]
      expect(processes.map(({ facts }) => facts)).toEqual([expected, expected])
      expect(server.requests).toBe(round + 1)
    }
    expect(
      (await tokens.findRefresh({ ...key, resource: undefined, redirect_uri: undefined })).tokens.refresh_token,
    ).toBe('rt-4')
  } finally {
    await server.close()
  }
})

test('writers of one vault at a time lose nothing to each other', async () => {
  const vaults = [open(), open(), open()]
  await Promise.all(vaults.map((vault, index) => vault.set(`first-${index}`, 'x')))
  await Promise.all(
    vaults.flatMap((vault, index) =>
      Array.from({ length: 20 }, (_, count) => vault.set(`${index}-${count}`, `${count}`)),
    ),
  )
  expect(await open().list()).toHaveLength(63)
  expect(await open().get('2-19')).toMatchObject({ value: '19' })
})
