import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { leaksIn } from '../../../tests/support/every-encoding.ts'
import { problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import type { VaultContents } from './export-schema.ts'
import { deriveKey, newDerivation } from './passphrase-key.ts'
import { seal } from './seal.ts'
import { maximumExportBytes, openExport, sealExport } from './vault-export.ts'

const passphrase = 'correct horse bättery'
const madeAt = '2026-11-20T10:00:00.000Z'
const contents: VaultContents = {
  secrets: [
    { name: 'acme', value: 's3cr3t "ä"', savedAt: madeAt, origins: ['https://a.test'], connection: '', settled: true },
  ],
  families: [
    {
      id: '0c7661f8-cb07-4466-80fa-48945162427c',
      key: {
        workspace: '/team',
        profile: 'acme',
        issuer: 'https://a.test',
        client_id: 'app',
        redirect_uri: '',
        scope: 'openid',
        resource: [],
        user: 'alice',
        keyBinding: '',
      },
      grant: 'authorization-code',
      generation: 2,
      scope: 'openid',
      receivedAt: madeAt,
      tokens: { access_token: 'at-2', refresh_token: 'rt-2-long-enough', runId: 'r2' },
      dead: true,
      said: { refresh_token: { word: 'revoked', at: madeAt } },
      earlier: [{ generation: 1, tokens: { refresh_token: 'rt-1-long-enough' }, scope: 'openid', receivedAt: madeAt }],
    },
  ],
}

let folder: string
let sealed: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-export-'))
  sealed = await sealExport(contents, passphrase, madeAt)
})
afterAll(() => rm(folder, { recursive: true }))
let path: string
beforeEach(async () => {
  path = join(folder, 'kept.json')
  await writeFile(path, sealed)
})

const problemOf = (given = passphrase) => problemOfWork(openExport(path, given))
const changed = (change: (file: Record<string, unknown>) => object) => {
  const file = JSON.parse(sealed) as Record<string, unknown>
  return writeFile(path, JSON.stringify({ ...file, ...change(file) }))
}

test('everything comes back, with the passphrase however it is composed, and nothing stands there in clear', async () => {
  expect(await openExport(path, passphrase.normalize('NFD'))).toEqual(contents)
  const text = await readFile(path, 'utf8')
  for (const clear of ['s3cr3t "ä"', 'rt-2-long-enough', 'rt-1-long-enough', 'https://a.test', 'alice', passphrase]) {
    expect(leaksIn(text, clear)).toEqual([])
  }
})

test('two exports of the same share nothing that could be compared', async () => {
  const [one, other] = [sealed, await sealExport(contents, passphrase, madeAt)].map((text) => JSON.parse(text))
  for (const name of ['nonce', 'data', 'check', 'derivation']) expect(one[name]).not.toEqual(other[name])
})

test('another passphrase opens nothing, and one that is too short seals nothing', async () => {
  expect(await problemOf('correct horse')).toMatchObject({ code: 'passphrase-wrong', whatToDo: [expect.any(String)] })
  expect(await problemOfWork(sealExport(contents, 'short', madeAt))).toMatchObject({ code: 'parameter-invalid' })
  expect(await problemOfWork(sealExport(contents, '', madeAt))).toMatchObject({ code: 'parameter-missing' })
})

test.each([0.2, 0.5, 0.9, 0.999])('a file cut to %d of its length is told so', async (share) => {
  await truncate(path, Math.floor((await stat(path)).size * share))
  expect(await problemOf()).toMatchObject({ code: 'file-invalid', detail: expect.stringContaining('cut or changed') })
})

const flipped = (text: unknown) => Buffer.from(String(text), 'base64').map((byte, at) => (at === 3 ? byte ^ 1 : byte))
test.each(['data', 'nonce'])('a file with one bit changed in %s is told so', async (name) => {
  await changed((file) => ({ [name]: Buffer.from(flipped(file[name])).toString('base64') }))
  expect(await problemOf()).toMatchObject({ code: 'file-invalid', detail: expect.stringContaining('cut or changed') })
})

test('what stands in clear is part of the seal', async () => {
  await changed(() => ({ madeAt: '2026-11-20T10:00:01.000Z' }))
  expect(await problemOf()).toMatchObject({ code: 'passphrase-wrong' })
  await changed(() => ({ derivation: newDerivation() }))
  expect(await problemOf()).toMatchObject({ code: 'passphrase-wrong' })
})

test.each([{ N: 2 ** 10 }, { N: 2 ** 24 }, { N: 131_073 }, { r: 1 }, { p: 64 }])(
  'a derivation with %j is not even tried',
  async (change) => {
    await changed((file) => ({ derivation: { ...(file.derivation as object), ...change } }))
    expect(await problemOf()).toMatchObject({ code: 'file-invalid' })
  },
)

test('a newer file, one that is none, and one that is not there are told apart', async () => {
  await writeFile(path, sealed.replace('"version": 1', '"version": 2'))
  expect(await problemOf()).toMatchObject({ code: 'file-newer' })
  for (const text of ['', '{}', '{"version":1}', 'x', sealed.replace('vault-export', 'vault')]) {
    await writeFile(path, text)
    expect(await problemOf()).toMatchObject({ code: 'file-invalid', detail: expect.stringContaining('no vault') })
  }
  await rm(path)
  expect(await problemOf()).toMatchObject({ code: 'file-invalid', detail: expect.stringContaining('no such file') })
})

test('a huge file is not read, and a huge one is not made', async () => {
  await truncate(path, maximumExportBytes + 1)
  expect(await problemOf()).toMatchObject({ code: 'file-invalid', detail: expect.stringContaining('larger than') })
  const value = 'x'.repeat(maximumExportBytes)
  const huge = { ...contents, families: [{ ...contents.families[0]!, tokens: { access_token: value } }] }
  expect(await problemOfWork(sealExport(huge, passphrase, madeAt))).toMatchObject({ code: 'file-invalid' })
})

let known: Promise<{ derivation: ReturnType<typeof newDerivation>; key: Buffer }> | undefined
async function derived() {
  const derivation = newDerivation()
  return { derivation, key: await deriveKey(passphrase, derivation) }
}

/** A file whose passphrase is known, with anything in it. */
async function sealAnything(json: string) {
  const { derivation, key } = await (known ??= derived())
  const { N, r, p, salt } = derivation
  const about = (part: string) => JSON.stringify(['grantlab vault export', 1, part, madeAt, N, r, p, salt])
  const check = seal(key, 'this key', about('check'))
  const file = { kind: 'vault-export', version: 1, madeAt, derivation, check, ...seal(key, json, about('contents')) }
  await writeFile(path, JSON.stringify(file))
}

test('what is sealed is taken only whole and in its form', async () => {
  const [secret, family] = [contents.secrets[0]!, contents.families[0]!]
  await sealAnything(JSON.stringify(contents))
  expect(await openExport(path, passphrase)).toEqual(contents)
  for (const wrong of [
    [],
    { secrets: [] },
    { ...contents, secrets: [{ ...secret, name: '../x' }] },
    { ...contents, secrets: [{ ...secret, value: 5 }] },
    { ...contents, secrets: [{ ...secret, value: 'x'.repeat(70_000) }] },
    { ...contents, families: [{ ...family, id: '../../etc' }] },
    { ...contents, families: [{ ...family, tokens: { access_token: {} } }] },
    { ...contents, families: [{ ...family, generation: 0 }] },
    { ...contents, families: [{ ...family, key: { ...family.key, issuer: null } }] },
    { ...contents, families: [{ ...family, earlier: [{}] }] },
    { ...contents, families: [{ ...family, receivedAt: 'now' }] },
  ]) {
    await sealAnything(JSON.stringify(wrong))
    expect(await problemOf()).toMatchObject({ code: 'file-invalid' })
  }
  await sealAnything('{')
  expect(await problemOf()).toMatchObject({ code: 'file-invalid' })
})
