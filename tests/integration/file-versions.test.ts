import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunEvent } from '../../src/contract/events.ts'
import { runOf } from '../../src/contract/run.ts'
import { fileKinds } from '../../src/core/files/file-versions.ts'
import { createEngine, createNodePorts, type HostedEngine } from '../../src/core/index.ts'
import { createSnapshotStore } from '../../src/core/snapshots/snapshot-store.ts'
import { startPlayground } from '../../src/playground/index.ts'

const samples = fileURLToPath(new URL('../fixtures/files/', import.meta.url))
/** Of the sample of a vault. */
const passphrase = 'correct horse battery staple'
const snapshotIssuer = 'http://127.0.0.1:9/acme'
const snapshotFolder = createHash('sha256').update(snapshotIssuer).digest('hex').slice(0, 32)
const kinds = Object.entries(fileKinds)

test('there are samples of each version of each kind of file, and of nothing else', async () => {
  const folders = (await readdir(samples, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name).sort()).toEqual(kinds.map(([kind]) => kind).sort())
  for (const [kind, { version }] of kinds) {
    const wanted = Array.from({ length: version }, (_, index) => `v${index + 1}`)
    expect([kind, (await readdir(join(samples, kind))).sort()]).toEqual([kind, wanted])
  }
})

test.each(kinds)('a sample of %s says the version it is of, and older ones can be migrated', async (kind, of) => {
  for (let version = 1; version <= of.version; version++) {
    const folder = join(samples, kind, `v${version}`)
    const names = (await readdir(folder)).filter((name) => /\.(?:ya?ml|jsonl?|html)$/.test(name))
    expect(names).toHaveLength(1)
    expect(of.versionOf(await readFile(join(folder, names[0]!), 'utf8'))).toBe(version)
    if (version < of.version) expect(of.migrations).toHaveProperty(String(version))
  }
})

/** Each kind's sample of a version, or of its newest one before that. */
const newest = Math.max(...kinds.map(([, { version }]) => version))
describe.each(Array.from({ length: newest }, (_, index) => index + 1))('files of version %i', (version) => {
  let home: string
  let engine: HostedEngine
  let close: () => Promise<void>

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'grantlab-files-'))
    const [data, team] = [join(home, 'data'), join(home, 'team')]
    const places: Record<keyof typeof fileKinds, string> = {
      profile: join(team, 'profiles'),
      workspace: team,
      settings: data,
      workspaces: data,
      run: join(data, 'history'),
      note: join(data, 'history'),
      vault: join(data, 'vault'),
      'vault-export': home,
      snapshot: join(data, 'snapshots', snapshotFolder),
      capsule: home,
      registration: join(data, 'registrations'),
      playground: data,
    }
    for (const [kind, of] of kinds) {
      const place = places[kind as keyof typeof fileKinds]
      await mkdir(place, { recursive: true })
      await cp(join(samples, kind, `v${Math.min(version, of.version)}`), place, { recursive: true })
    }
    const ports = await createNodePorts({
      host: 'test',
      arguments: { dataDir: data, workspace: team },
      // No keychain is reached from here: the sample is sealed by a passphrase.
      environment: { GRANTLAB_VAULT_PASSPHRASE: passphrase },
      startPlayground: async () => (options) => startPlayground({ ...options, port: 0, inWorker: false }),
    })
    engine = await createEngine(ports.ports)
    close = ports.close
  })
  afterEach(async () => {
    await engine.close()
    await close()
    await rm(home, { recursive: true })
  })

  test('profile and workspace', async () => {
    const listed = (await engine.runCommand('profiles list', {})).filter(({ builtIn }) => !builtIn)
    expect(listed[0]).toMatchObject({ name: 'acme', title: 'Acme: "live"', production: true })
    expect(listed[0]).not.toHaveProperty('problem')
    expect(await engine.runCommand('profiles show', { name: 'acme' })).toMatchObject({
      values: { ca_file: 'certificates/acme-0a1b2c3d.pem', proxy_password: { secret: 'acme_proxy' } },
      users: [{ username: 'alice', password: { secret: 'alice_pw' } }, { username: 'bob' }],
    })
    expect(await engine.runCommand('workspace show', {})).not.toHaveProperty('problem')
    // And it can be written: nothing about it is taken for newer or broken.
    expect(await engine.runCommand('profiles rename', { name: 'acme', to: 'live' })).toMatchObject({ name: 'live' })
  })

  test('settings and recent workspaces', async () => {
    const settings = await engine.runCommand('settings show', {})
    expect(settings).toMatchObject({ theme: 'dark', ca_file: '/etc/ssl/corp.pem', history_runs: 500, history_days: 30 })
    expect(settings).not.toHaveProperty('problem')
    const { recent } = await engine.runCommand('workspace show', {})
    expect(recent).toEqual([{ folder: '/', openedAt: '2026-11-20T12:00:00.000Z' }])
  })

  test('a recorded run with its body and note', async () => {
    const [listed] = await engine.runCommand('history list', {})
    expect(listed).toMatchObject({ outcome: 'succeeded', note: 'The first one that worked.', pinned: true })
    const events: RunEvent[] = []
    for await (const event of engine.runEvents({ runId: listed!.runId })) events.push(event)
    const run = runOf(listed!.runId, events)
    expect(run).toMatchObject({ outcome: 'succeeded' })
    expect(run.exchanges.map(({ response }) => response?.status)).toEqual([200, 200])
    const slice = await engine.readBody({ runId: listed!.runId, body: '1-response', offset: 0, length: 100 })
    expect(slice.text).toContain('authorization_endpoint')
  })

  test('a vault with a secret and a family of tokens', async () => {
    expect(await engine.runCommand('secret list', {})).toContainEqual(
      expect.objectContaining({ name: 'acme_prod', from: 'vault', origins: ['https://login.acme.test'] }),
    )
    expect(await engine.runCommand('vault unlock', { passphrase })).toMatchObject({
      state: 'ready',
      store: 'passphrase',
    })
    const tokens = await engine.runCommand('tokens list', { profile: 'acme' })
    expect(tokens.map(({ kind }) => kind).sort()).toEqual(['access_token', 'refresh_token'])
    const { fingerprint } = tokens.find(({ kind }) => kind === 'access_token')!
    expect(await engine.reveal({ fingerprint })).toEqual({ value: 'sample-access-token' })
  })

  test('an exported vault', async () => {
    const order = { file: join(home, 'kept.json'), passphrase }
    const taken = { secrets: 1, families: 1, skipped: [] }
    expect(await engine.runCommand('vault import', order)).toEqual(taken)
    const tokens = await engine.runCommand('tokens list', {})
    const refreshToken = tokens.find(({ kind, generation }) => kind === 'refresh_token' && generation === 2)
    const graph = await engine.runCommand('tokens family', { family: refreshToken!.family })
    expect(graph.nodes.map(({ id, life }) => `${id} ${life}`)).toContain('1-refresh_token refused')
    const { fingerprint } = graph.nodes.find(({ id }) => id === '1-refresh_token')!
    expect(await engine.reveal({ fingerprint: fingerprint! })).toEqual({ value: 'exported-refresh-token-1' })
  })

  test('a capsule', async () => {
    const text = await readFile(join(home, 'shared.html'), 'utf8')
    const { runIds } = await engine.runCommand('capsule open', { text, name: 'shared.html' })
    expect(runIds).toHaveLength(1)
    const events: RunEvent[] = []
    for await (const event of engine.runEvents({ runId: runIds[0]! })) events.push(event)
    const run = runOf(runIds[0]!, events)
    expect(run).toMatchObject({ outcome: 'succeeded', origin: { kind: 'capsule', note: 'A sample.' } })
    expect(run.tokens.map(({ kind }) => kind)).toEqual(['access_token', 'id_token', 'refresh_token'])
    const metadata = await engine.readBody({ runId: run.id, body: '1-response', offset: 0, length: 100 })
    expect(metadata.text).toContain('authorization_endpoint')
  })

  test('a snapshot of metadata', async () => {
    const kept = await createSnapshotStore(join(home, 'data')).last(snapshotIssuer)
    expect(kept).toMatchObject({ takenAt: '2026-11-21T02:00:00.000Z', keys: [expect.any(String)] })
    expect(kept?.document.token_endpoint).toBe(`${snapshotIssuer}/token`)
  })

  test('a registration', async () => {
    expect(await engine.runCommand('registrations list', {})).toEqual([
      expect.objectContaining({ client_id: 's6BhdRkqt3', state: 'registered', profiles: ['my-example'] }),
    ])
  })

  test("the playground's keys and clients", async () => {
    const { signingKeys } = JSON.parse(await readFile(join(home, 'data', 'playground.json'), 'utf8')) as {
      signingKeys: { kid: string }[]
    }
    const { issuer } = await engine.runCommand('playground start', {})
    const { keys } = (await (await fetch(`${issuer}/jwks`)).json()) as { keys: { kid: string }[] }
    expect(keys.map(({ kid }) => kid)).toEqual(signingKeys.map(({ kid }) => kid))
  })
})
