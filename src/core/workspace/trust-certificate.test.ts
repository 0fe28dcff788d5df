import { X509Certificate } from 'node:crypto'
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestCa } from '../../../tests/support/test-ca.ts'
import { acme, createHome, problemOfWork } from './testing/workspace-fixture.ts'

let home: Awaited<ReturnType<typeof createHome>>
beforeEach(async () => {
  home = await createHome()
  await home.writeProfile('acme', acme)
})
afterEach(() => home.remove())

const ca = createTestCa()
const other = createTestCa()
const digitsOf = (pem: string) => new X509Certificate(pem).fingerprint256.replaceAll(':', '').slice(0, 8).toLowerCase()
const inTeam = (path: string) => join(home.home, 'team', path)
const fingerprints = (text: string) =>
  (text.match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g) ?? []).map((pem) => new X509Certificate(pem).fingerprint256)

test('a certificate is written into the workspace and named by the profile', async () => {
  const trusted = await home.workspace.trustCertificate('acme', `a note\n${ca.certificate}`)
  const { fingerprint256 } = new X509Certificate(ca.certificate)
  expect(trusted).toEqual({ file: `certificates/acme-${digitsOf(ca.certificate)}.pem`, fingerprint: fingerprint256 })
  expect(fingerprints(await readFile(inTeam(trusted.file), 'utf8'))).toEqual([fingerprint256])
  expect((await home.workspace.resolveProfile('acme')).values.ca_file).toBe(trusted.file)
  expect(await readFile(home.profilePath('acme'), 'utf8')).toContain('# the tenant of the team')
  expect(await home.workspace.trustCertificate('acme', ca.certificate)).toEqual(trusted)
  expect(await readdir(inTeam('certificates'))).toHaveLength(1)
})

test('what was trusted before stays trusted, in a file of its own that nobody changes', async () => {
  await writeFile(inTeam('team.pem'), `${ca.certificate}\n${ca.issue().key}`)
  const values = { issuer: 'https://a.test', ca_file: 'team.pem' }
  await home.workspace.saveProfile({ name: 'acme', values, replace: true })
  const before = await readFile(inTeam('team.pem'), 'utf8')
  const { file } = await home.workspace.trustCertificate('acme', other.certificate)
  const text = await readFile(inTeam(file), 'utf8')
  expect(fingerprints(text)).toEqual([ca, other].map((one) => new X509Certificate(one.certificate).fingerprint256))
  expect(text).not.toContain('PRIVATE KEY')
  expect(await readFile(inTeam('team.pem'), 'utf8')).toBe(before)
})

test('a file of the same name that holds something else is left alone', async () => {
  await mkdir(inTeam('certificates'))
  const taken = `certificates/acme-${digitsOf(ca.certificate)}.pem`
  await writeFile(inTeam(taken), 'mine')
  const { file } = await home.workspace.trustCertificate('acme', ca.certificate)
  expect(file).toBe(taken.replace('.pem', '-2.pem'))
  expect(await readFile(inTeam(taken), 'utf8')).toBe('mine')
})

const key = ca.issue().key
test.each([
  ['nothing', 'hello'],
  ['two certificates', ca.certificate + other.certificate],
  ['a certificate and its key', ca.issue().alone + key],
  ['a key alone', key],
  ['a torn one', ca.certificate.slice(0, 200)],
  ['another kind of block', ca.certificate.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST')],
  ['far too much', ca.certificate + ' '.repeat(70_000)],
  ['garbage in a block', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
])('%s is no certificate to trust', async (_case, pem) => {
  const found = await problemOfWork(home.workspace.trustCertificate('acme', pem))
  expect(found.code).toBe('certificate-invalid')
  expect(JSON.stringify(found)).not.toContain(key.split('\n')[1])
  expect(await readFile(home.profilePath('acme'), 'utf8')).toBe(acme)
  expect(await readdir(inTeam(''))).toEqual(['profiles'])
})

test('the playground, a broken profile and an unreadable ca_file are refused; nothing is left behind', async () => {
  const trust = (name: string) => problemOfWork(home.workspace.trustCertificate(name, ca.certificate))
  expect(await trust('playground')).toMatchObject({ code: 'parameter-invalid' })
  expect(await trust('none')).toMatchObject({ code: 'profile-not-found' })
  await home.writeProfile('bad', 'version: 1\n\tx')
  expect(await trust('bad')).toMatchObject({ code: 'file-invalid' })
  await home.writeProfile('lost', 'version: 1\nca_file: none.pem\n')
  expect(await trust('lost')).toMatchObject({ code: 'file-invalid' })
  await home.writeProfile('outside', 'version: 1\nca_file: ../../x.pem\n')
  expect(await trust('outside')).toMatchObject({ code: 'file-invalid' })
  expect(await readdir(inTeam(''))).toEqual(['profiles'])
})

test('nothing is written through a certificates folder that leads out of the workspace', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'grantlab-outside-'))
  try {
    await symlink(outside, inTeam('certificates'))
    const found = await problemOfWork(home.workspace.trustCertificate('acme', ca.certificate))
    expect(found.code).toBe('file-invalid')
    expect(await readdir(outside)).toEqual([])
  } finally {
    await rm(outside, { recursive: true })
  }
})
