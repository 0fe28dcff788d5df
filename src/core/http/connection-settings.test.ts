import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import forge from 'node-forge'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../../contract/description.ts'
import { createTestCa, type TestCa } from '../../../tests/support/test-ca.ts'
import { connectionDigestOf } from './connection-digest.ts'
import { readConnectionSettings } from './connection-settings.ts'
import { problemOfRejection } from './testing/recording-observer.ts'

let ca: TestCa
let folder: string
let outside: string
let client: { cert: string; key: string }
const passphrase = 'correct horse battery'

beforeAll(async () => {
  ca = createTestCa()
  client = ca.issue({ purpose: 'client', names: ['me'] })
  const place = await mkdtemp(join(tmpdir(), 'grantlab-connection-'))
  folder = join(place, 'workspace')
  outside = join(place, 'outside')
  await mkdir(folder)
  await mkdir(outside)
  const file = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content)
  await file('ca.pem', ca.certificate)
  await file('empty.pem', '')
  await file('words.pem', 'no certificate at all')
  await file('key-only.pem', client.key)
  await file('client.pem', client.cert)
  await file('both.pem', `${client.key}\n${client.cert}`)
  await file(
    'reversed.pem',
    client.cert
      .split(/(?<=-----END CERTIFICATE-----\r?\n)/)
      .toReversed()
      .join(''),
  )
  const past = ca.issue({
    purpose: 'client',
    names: ['me'],
    validFrom: new Date('2020-01-01'),
    validTo: new Date('2020-02-01'),
  })
  await file('expired.pem', past.cert + past.key)
  await file('encrypted.pem', client.cert + encrypted(client.key))
  await file('client.p12', archive(client, passphrase))
  await file('broken.p12', Buffer.from([0x30, 0x82, 1, 2, 3]))
  await file('huge.pem', Buffer.alloc(4 * 1024 * 1024 + 1, 0x41))
  await writeFile(join(outside, 'ca.pem'), ca.certificate)
  await symlink(join(outside, 'ca.pem'), join(folder, 'link.pem'))
  await symlink(join(folder, 'loop.pem'), join(folder, 'loop.pem'))
  return () => rm(place, { recursive: true })
})

function encrypted(key: string): string {
  return forge.pki.encryptRsaPrivateKey(forge.pki.privateKeyFromPem(key), passphrase, { algorithm: 'aes256' })
}

function archive({ cert, key }: { cert: string; key: string }, password: string): Buffer {
  const certificate = forge.pki.certificateFromPem(cert)
  const packed = forge.pkcs12.toPkcs12Asn1(forge.pki.privateKeyFromPem(key), certificate, password, {
    algorithm: 'aes256',
  })
  return Buffer.from(forge.asn1.toDer(packed).getBytes(), 'latin1')
}

const none = { proxy: '', ca_file: '' }
const read = (values: ParameterValues, settings = none) =>
  readConnectionSettings({ values, settings, folder, now: Date.now() })
const refusal = (values: ParameterValues) => problemOfRejection(read(values))

describe('trusted certificates', () => {
  it('come from the profile and the settings, by paths from the workspace or whole ones', async () => {
    const whole = join(outside, 'ca.pem')
    expect((await read({ ca_file: 'ca.pem' })).extraCertificates).toHaveLength(1)
    expect((await read({ ca_file: whole })).extraCertificates).toHaveLength(1)
    expect((await read({ ca_file: 'ca.pem' }, { ...none, ca_file: whole })).extraCertificates).toHaveLength(2)
    expect((await read({}, { ...none, ca_file: whole })).extraCertificates).toHaveLength(1)
    expect((await read({})).extraCertificates).toBeUndefined()
  })

  it.each([
    ['missing.pem', 'file-invalid'],
    ['.', 'file-invalid'],
    ['huge.pem', 'file-invalid'],
    ['link.pem', 'file-invalid'],
    ['loop.pem', 'file-invalid'],
    ['../outside/ca.pem', 'file-invalid'],
    ['a\0b', 'file-invalid'],
    ['x'.repeat(5000), 'file-invalid'],
    ['empty.pem', 'certificate-invalid'],
    ['words.pem', 'certificate-invalid'],
    ['key-only.pem', 'certificate-invalid'],
  ])('are refused when the file is %s', async (path, code) => {
    const problem = await refusal({ ca_file: path })
    expect(problem.code).toBe(code)
    expect(JSON.stringify(problem)).not.toContain('PRIVATE')
    if (!path.includes('\0')) expect(problem.place?.file).toBe(join(folder, path))
  })
})

describe('a client certificate', () => {
  it.each<[string, ParameterValues]>([
    ['PEM, the key as a secret', { client_certificate: 'client.pem', client_key: '' }],
    ['PEM with its key', { client_certificate: 'both.pem' }],
    ['PEM in another order', { client_certificate: 'reversed.pem', client_key: '' }],
    ['PEM with an encrypted key', { client_certificate: 'encrypted.pem', client_key_passphrase: passphrase }],
    ['PKCS #12', { client_certificate: 'client.p12', client_key_passphrase: passphrase }],
  ])('is read: %s', async (_what, values) => {
    const given = 'client_key' in values ? { ...values, client_key: client.key } : values
    const { clientCertificate, notes } = await read(given)
    expect(clientCertificate).toBeDefined()
    expect(notes).toEqual([])
    if ('cert' in clientCertificate!) {
      const leaf = client.cert.split(/(?<=-----END CERTIFICATE-----)/)[0]!.replaceAll('\r', '')
      expect(clientCertificate.cert.startsWith(leaf)).toBe(true)
    }
  })

  it('that has expired goes on, and the run says so', async () => {
    const { clientCertificate, notes } = await read({ client_certificate: 'expired.pem' })
    expect(clientCertificate).toBeDefined()
    expect(notes).toEqual([expect.objectContaining({ subject: 'client certificate', choice: 'expired' })])
    expect(notes[0]!.reason).toContain('2020-02-01')
  })

  const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string
  it.each<[string, ParameterValues, RegExp]>([
    ['no key', { client_certificate: 'client.pem' }, /no private key/],
    ['no certificate', { client_certificate: 'key-only.pem' }, /no PEM certificate/],
    ['a key of another certificate', { client_certificate: 'client.pem', client_key: otherKey }, /belong together/],
    [
      'a key that is none',
      { client_certificate: 'client.pem', client_key: 'hunter22-hunter22' },
      /no private key in PEM/,
    ],
    ['an encrypted key, no passphrase', { client_certificate: 'encrypted.pem' }, /is encrypted/],
    [
      'an encrypted key, a wrong one',
      { client_certificate: 'encrypted.pem', client_key_passphrase: 'hunter22-hunter22' },
      /does not open/,
    ],
    ['an archive, no passphrase', { client_certificate: 'client.p12' }, /wants a passphrase/],
    [
      'an archive, a wrong one',
      { client_certificate: 'client.p12', client_key_passphrase: 'hunter22-hunter22' },
      /does not open/,
    ],
    ['an archive and a key', { client_certificate: 'client.p12', client_key: 'hunter22-hunter22' }, /beside it/],
    ['a broken archive', { client_certificate: 'broken.p12' }, /readable PKCS #12/],
    ['an empty file', { client_certificate: 'empty.pem' }, /neither/],
  ])('is refused with the file and the reason: %s', async (_what, values, reason) => {
    const problem = await refusal(values)
    expect(problem).toMatchObject({ code: 'certificate-invalid', detail: expect.stringMatching(reason) })
    expect(problem.place?.file).toBe(join(folder, String(values.client_certificate)))
    expect(JSON.stringify(problem)).not.toMatch(/hunter22|MII|BEGIN PRIVATE KEY-----.*\w{60}/)
  })

  it('is missing where only its key is given', async () => {
    expect(await refusal({ client_key: client.key })).toMatchObject({ code: 'parameter-missing' })
  })
})

describe('the proxy', () => {
  it('of the profile wins over the settings’, direct over both', async () => {
    const settings = { ...none, proxy: 'http://all.test:1' }
    expect(await read({ proxy: 'one.test:2' }, settings)).toMatchObject({
      proxy: { address: 'http://one.test:2', source: 'profile' },
    })
    expect(await read({}, settings)).toMatchObject({ proxy: { address: 'http://all.test:1', source: 'settings' } })
    expect((await read({ proxy: 'Direct' }, settings)).proxy).toBe('direct')
    expect((await read({})).proxy).toBeUndefined()
  })

  it('gets user and password, for the settings’ proxy as well', async () => {
    const credentials = { proxy_user: 'me', proxy_password: 'p:ss' }
    const authorization = `Basic ${Buffer.from('me:p:ss').toString('base64')}`
    expect(await read({ proxy: 'http://p.test:1', ...credentials })).toMatchObject({ proxy: { authorization } })
    expect(await read(credentials, { ...none, proxy: 'http://p.test:1' })).toMatchObject({ proxy: { authorization } })
  })

  it.each<[ParameterValues, string]>([
    [{ proxy: 'socks5://p.test:1' }, 'parameter-invalid'],
    [{ proxy: 'htp:/p.test' }, 'parameter-invalid'],
    [{ proxy: 'http://p.test:99999' }, 'parameter-invalid'],
    [{ proxy: 'http://p.test/path' }, 'parameter-invalid'],
    [{ proxy: 'http://me:hunter22@p.test:1' }, 'parameter-invalid'],
    [{ proxy: 'http://p.test:1', proxy_user: 'a:b' }, 'parameter-invalid'],
    [{ proxy_user: 'me' }, 'parameter-missing'],
  ])('%j is refused', async (values, code) => {
    const problem = await refusal(values)
    expect(problem.code).toBe(code)
    expect(JSON.stringify(problem)).not.toContain('hunter22')
  })
})

describe('headers', () => {
  it('are taken as they are, names repeated', async () => {
    const headers = [
      ['X-Tenant', 'a'],
      ['X-Tenant', 'b'],
      ['User-Agent', 'mine'],
    ]
    expect((await read({ headers })).headers).toEqual(headers)
  })

  it.each([
    ['Host', 'evil.test'],
    ['content-length', '0'],
    ['Transfer-Encoding', 'chunked'],
    ['Connection', 'close'],
    ['Authorization', 'Basic hunter22'],
    ['Cookie', 'a=hunter22'],
    ['Proxy-Authorization', 'Basic hunter22'],
    ['X-A', 'b\r\nX-Evil: hunter22'],
    ['X-A\r\nX-Evil', 'hunter22'],
    ['', 'hunter22'],
    ['X A', 'hunter22'],
    ['X-A', 'snow ☃'],
  ])('%j is refused without its value', async (name, value) => {
    const problem = await refusal({ headers: [[name, value]] })
    expect(problem.code).toBe('parameter-invalid')
    expect(JSON.stringify(problem)).not.toContain('hunter22')
  })
})

it('says when TLS is not verified', async () => {
  expect(await read({ verify_tls: false })).toMatchObject({
    verifyTls: false,
    notes: [{ subject: 'TLS', choice: 'not verified' }],
  })
  expect(await read({ verify_tls: true })).toEqual({ headers: [], notes: [] })
})

describe('the digest of a connection', () => {
  it('is empty for the usual one', async () => {
    for (const values of [
      {},
      { verify_tls: true, timeout_seconds: 5, proxy: '', headers: [['a', 'b']], issuer: 'https://a' },
    ]) {
      expect(await connectionDigestOf(values, folder)).toBe('')
    }
  })

  it('differs for each thing that makes a connection another', async () => {
    const changing = join(folder, 'changing.pem')
    await writeFile(changing, ca.certificate)
    const all: ParameterValues[] = [
      { proxy: 'http://p.test:1' },
      { proxy: 'direct' },
      { ca_file: 'ca.pem' },
      { ca_file: 'changing.pem' },
      { ca_file: 'missing.pem' },
      { client_certificate: 'client.pem' },
      { verify_tls: false },
      { verify_tls: false, proxy: 'http://p.test:1' },
    ]
    const digests = await Promise.all(all.map((values) => connectionDigestOf(values, folder)))
    expect(new Set(digests).size).toBe(all.length)
    expect(digests.every((digest) => /^[0-9a-f]{64}$/.test(digest))).toBe(true)
    expect(await Promise.all(all.map((values) => connectionDigestOf(values, folder)))).toEqual(digests)
    // the same path with another certificate in it
    await writeFile(changing, createTestCa('Another').certificate)
    expect(await connectionDigestOf({ ca_file: 'changing.pem' }, folder)).not.toBe(digests[3])
  })
})
