import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findingsOf } from '../../src/contract/rules/index.ts'
import type { Run } from '../../src/contract/run.ts'
import { inflating, soundMetadata, startMetadataServer, type Answer } from '../support/metadata-server.ts'
import { startTcpServer, type TestServer } from '../support/http-server.ts'
import { createTestEngine, createTestPlayground, type TestEngine } from '../support/test-engine.ts'

const openId = '/.well-known/openid-configuration'
const oauth = '/.well-known/oauth-authorization-server'
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
const keys = { keys: [{ ...ec, kid: 'a', alg: 'ES256', use: 'sig' }] }

let test: TestEngine
let server: TestServer | undefined
beforeEach(async () => {
  test = await createTestEngine()
})
afterEach(async () => {
  await server?.close()
  server = undefined
  await test.close()
})

async function discover(paths: Record<string, Answer>, more: Record<string, string | boolean> = {}): Promise<Run> {
  server ??= await startMetadataServer(paths)
  const { run } = await test.run({ operation: 'discover', parameters: { issuer: server.origin, ...more } })
  return run
}

const rulesOf = (run: Run) => [...new Set(findingsOf(run).map(({ rule }) => rule))].sort()

describe('discovery', () => {
  it('asks every location, says which answered what, and reads the keys', async () => {
    const run = await discover({ [openId]: soundMetadata, [oauth]: soundMetadata, '/jwks': keys })
    expect(run.problem).toBeUndefined()
    expect(run.locations.map(({ location, outcome }) => [new URL(location).pathname, outcome])).toEqual([
      [openId, 'found'],
      [oauth, 'found'],
    ])
    expect(run.keySets).toMatchObject([{ total: 1, keys: [{ kid: 'a', kty: 'EC', curve: 'P-256' }], faults: [] }])
    expect(run.keySets[0]?.keys[0]?.thumbprint).toMatch(/^[\w-]{43}$/)
    expect(rulesOf(run)).toEqual([])
  })

  it('takes one document where only one is there, and says so', async () => {
    const run = await discover({ [openId]: '<html>nothing</html>', [oauth]: soundMetadata, '/jwks': keys })
    expect(run.outcome).toBe('succeeded')
    expect(run.metadata).toHaveLength(1)
    expect(rulesOf(run)).toEqual(['metadata.location'])
    expect(run.timeline.find((entry) => entry.kind === 'decision')).toMatchObject({ subject: 'metadata' })
  })

  it('shows that two documents of one issuer differ', async () => {
    const other = { ...soundMetadata, token_endpoint: 'ISSUER/other' }
    const run = await discover({ [openId]: soundMetadata, [oauth]: other, '/jwks': keys })
    expect(rulesOf(run)).toEqual(['metadata.disagree'])
  })

  it('goes on with a template for many tenants', async () => {
    const document = { ...soundMetadata, issuer: 'ISSUER/{tenantid}/v2.0' }
    server = await startMetadataServer({ '/common/v2.0/.well-known/openid-configuration': document, '/jwks': keys })
    const { run } = await test.run({ operation: 'discover', parameters: { issuer: `${server.origin}/common/v2.0` } })
    expect(run.outcome).toBe('succeeded')
    expect(rulesOf(run)).toEqual(['metadata.issuer-template', 'metadata.location'])
  })

  it('refuses a document of another issuer', async () => {
    const run = await discover({ [openId]: { ...soundMetadata, issuer: 'ISSUER/' } })
    expect(run.problem?.code).toBe('issuer-mismatch')
    expect(rulesOf(run)).toContain('metadata.issuer-mismatch')
  })

  it('sees what changed since the last time', async () => {
    const document: Record<string, unknown> = { ...soundMetadata }
    const first = await discover({ [openId]: document, [oauth]: document, '/jwks': keys })
    expect(first.comparisons).toEqual([])
    const second = await discover({})
    expect(second.comparisons).toMatchObject([{ with: 'snapshot', total: 0 }])
    document.introspection_endpoint = 'ISSUER/introspect'
    const third = await discover({})
    expect(third.comparisons).toMatchObject([
      { total: 1, differences: [{ kind: 'added', pointer: '/introspection_endpoint' }] },
    ])
    expect(third.outcome).toBe('succeeded')
  })

  it('saves a snapshot, and fails on a change against it', async () => {
    const document: Record<string, unknown> = { ...soundMetadata }
    await discover({ [openId]: document, [oauth]: document, '/jwks': keys }, { save: 'was.json' })
    const saved = JSON.parse(await readFile(join(test.folder, 'was.json'), 'utf8')) as object
    expect(saved).toMatchObject({
      grantlab: 'metadata-snapshot',
      version: 1,
      document: { token_endpoint: expect.any(String) },
    })
    expect((await discover({}, { against: 'was.json' })).outcome).toBe('succeeded')
    document.token_endpoint = 'ISSUER/moved'
    const changed = await discover({}, { against: 'was.json' })
    expect(changed.problem).toMatchObject({ code: 'metadata-changed' })
    expect(changed.comparisons.at(-1)).toMatchObject({ with: 'file', file: 'was.json', total: 1 })
    await writeFile(join(test.folder, 'broken.json'), '{"half')
    expect((await discover({}, { against: 'broken.json' })).problem?.code).toBe('file-invalid')
    expect((await discover({}, { against: 'none.json' })).problem?.code).toBe('file-invalid')
  })

  it('is forgotten with everything else by a reset', async () => {
    const paths = { [openId]: soundMetadata, [oauth]: soundMetadata, '/jwks': keys }
    await discover(paths)
    const snapshots = async (dry_run: boolean) =>
      (await test.engine.runCommand('reset', { dry_run })).find(({ part }) => part === 'snapshots')?.outcome
    expect([await snapshots(true), await snapshots(false), await snapshots(true)]).toEqual([
      'would-be-removed',
      'removed',
      'nothing-there',
    ])
    expect((await discover({})).comparisons).toEqual([])
  })

  it('reaches endpoints only when asked to, and names one that is not there', async () => {
    const document = { ...soundMetadata, userinfo_endpoint: 'http://127.0.0.1:9/userinfo' }
    const paths = { [openId]: document, [oauth]: document, '/jwks': keys }
    expect((await discover(paths)).exchanges.filter(({ purpose }) => purpose === 'reach')).toEqual([])
    const run = await discover(paths, { reach: true })
    expect(run.outcome).toBe('succeeded')
    expect(rulesOf(run)).toEqual(['metadata.unreachable-endpoint'])
  })
})

it('a sign-in at a sound server has no finding', async () => {
  const playground = await createTestPlayground()
  try {
    const { run } = await test.run({ operation: 'authorization-code', parameters: playground.signIn() })
    expect(run.outcome).toBe('succeeded')
    expect(findingsOf(run)).toEqual([])
  } finally {
    await playground.close()
  }
})

describe('a resource', () => {
  const resource = { resource: 'ISSUER/mcp', authorization_servers: ['ISSUER'], bearer_methods_supported: ['header'] }
  const challenge =
    (metadata: string): Answer =>
    (_request, response, issuer) =>
      void response
        .writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${metadata.replace('ISSUER', issuer)}"` })
        .end()

  async function read(paths: Record<string, Answer>): Promise<Run> {
    server = await startMetadataServer({ [openId]: soundMetadata, ...paths })
    const { run } = await test.run({
      operation: 'discover-resource',
      parameters: { resource_url: `${server.origin}/mcp` },
    })
    return run
  }

  it('is found by its own challenge, and from there its server', async () => {
    const run = await read({ '/mcp': challenge('ISSUER/where/it/is'), '/where/it/is': resource })
    expect(run.outcome).toBe('succeeded')
    expect(run.locations.map(({ kind, location }) => [kind, new URL(location).pathname])).toEqual([
      ['protected-resource', '/where/it/is'],
      ['authorization-server', openId],
    ])
    expect(run.metadata.map(({ kind = 'authorization-server' }) => kind)).toEqual([
      'protected-resource',
      'authorization-server',
    ])
  })

  it('is found at the well-known location with its path inserted', async () => {
    const run = await read({ '/.well-known/oauth-protected-resource/mcp': resource })
    expect(run.outcome).toBe('succeeded')
    expect(run.locations[0]).toMatchObject({ outcome: 'found', specification: 'RFC 9728 §3.1' })
  })

  it('that names another is shown, with a finding', async () => {
    const run = await read({ '/.well-known/oauth-protected-resource/mcp': { ...resource, resource: 'ISSUER/other' } })
    expect(run.outcome).toBe('succeeded')
    expect(rulesOf(run)).toContain('resource.identifier-mismatch')
  })

  it('does not make Grantlab ask anything but http', async () => {
    const run = await read({ '/mcp': challenge('file:///etc/passwd') })
    expect(run.problem?.code).toBe('metadata-not-found')
    expect(run.exchanges.every(({ request }) => request.url.startsWith('http://127.0.0.1'))).toBe(true)
  })
})

describe('bounds', () => {
  const withKeys = (jwks: Answer) => ({ [openId]: soundMetadata, [oauth]: soundMetadata, '/jwks': jwks })

  it('reads 40,000 keys in 20 MB and finds what is wrong with them', async () => {
    const many = Array.from({ length: 40_000 }, (_, index) => ({
      ...ec,
      kid: index === 39_999 ? 'k0' : `k${index}`,
      use: 'sig',
      note: 'x'.repeat(340),
    }))
    const run = await discover(withKeys({ keys: many }))
    expect(run.outcome).toBe('succeeded')
    expect(run.keySets).toMatchObject([{ total: 40_000, counts: { 'jwks.duplicate-kid': 1 } }])
    expect(run.keySets[0]?.keys).toHaveLength(100)
    expect(JSON.stringify(run.keySets).length).toBeLessThan(100_000)
    const set = { run_id: run.id, exchange: run.keySets[0]?.exchange ?? '' }
    const { engine } = test
    const named = await engine.runCommand('keys find', { ...set, text: 'k12345' })
    expect(named).toMatchObject({ total: 1, keys: [{ index: 12_345, thumbprint: expect.any(String) }] })
    expect(await engine.runCommand('keys find', { ...set, text: 'K1234', limit: 2 })).toMatchObject({
      total: 11,
      keys: [{ index: 1234 }, { index: 12_340 }],
    })
    expect((await engine.runCommand('keys find', set)).total).toBe(40_000)
    const { jwk, pem } = await engine.runCommand('keys show', { ...set, index: 12_345 })
    expect(jwk).toMatchObject({ kid: 'k12345', kty: 'EC' })
    expect(createPublicKey(pem ?? '').export({ format: 'jwk' })).toEqual(ec)
    expect(run.exchanges.find(({ purpose }) => purpose === 'jwks')?.response?.wireBytes).toBeGreaterThan(20_000_000)
  })

  it.each<[string, Answer, string]>([
    ['inflates to 40 MB', inflating(40 * 1024 * 1024), 'jwks.too-large'],
    ['is HTML', '<html>', 'jwks.not-json'],
    ['is a list', [], 'jwks.not-json'],
    ['is not there', (_request, response) => void response.writeHead(500).end(), 'jwks.not-json'],
    ['is empty', { keys: [] }, 'jwks.empty'],
  ])('a key set that %s is a finding', async (_what, jwks, rule) => {
    const run = await discover(withKeys(jwks))
    expect(run.outcome).toBe('succeeded')
    expect(rulesOf(run)).toContain(rule)
  })

  it.each<[string, Answer, string]>([
    ['inflates to 32 MB', inflating(32 * 1024 * 1024), 'metadata-invalid'],
    ['is a list', [], 'metadata-invalid'],
    ['is HTML with 200', '<html></html>', 'metadata-invalid'],
    [
      'is no UTF-8',
      (_request, response) => void response.end(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
      'metadata-invalid',
    ],
    [
      'redirects in a circle',
      (_request, response) => void response.writeHead(302, { location: openId }).end(),
      'response-unexpected',
    ],
    [
      'redirects elsewhere',
      (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      'redirect-to-other-origin',
    ],
  ])('a document that %s is a clear problem', async (_what, document, code) => {
    const run = await discover({ [openId]: document, [oauth]: document })
    expect(run.problem?.code).toBe(code)
  })

  it('a byte order mark is no fault', async () => {
    const withMark: Answer = (_request, response, issuer) =>
      void response.end(`\uFEFF${JSON.stringify(soundMetadata).replaceAll('ISSUER', issuer)}`)
    const run = await discover({ [openId]: withMark, [oauth]: withMark, '/jwks': keys })
    expect(run.outcome).toBe('succeeded')
  })

  it('a document that never ends within its time is a problem', async () => {
    server = await startTcpServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{')
        const timer = setInterval(() => socket.write(' '), 100)
        socket.once('close', () => clearInterval(timer))
      })
    })
    const run = await discover({}, { timeout_seconds: 1 } as never)
    expect(run.problem?.code).toBe('timeout')
  })

  it('endpoints of other schemes are named and neither asked nor opened', async () => {
    const document = { ...soundMetadata, jwks_uri: 'file:///etc/passwd', token_endpoint: 'javascript:alert(1)' }
    const run = await discover({ [openId]: document, [oauth]: document }, { reach: true })
    expect(run.outcome).toBe('succeeded')
    const findings = findingsOf(run).filter(({ rule }) => rule === 'metadata.wrong-type')
    expect(new Set(findings.map(({ evidence }) => evidence[0]?.label))).toEqual(new Set(['jwks_uri', 'token_endpoint']))
    expect(run.exchanges.every(({ request }) => request.url.startsWith('http://127.0.0.1'))).toBe(true)
  })
})
