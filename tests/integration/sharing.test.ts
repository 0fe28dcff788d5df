import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runOf } from '../../src/contract/run.ts'
import { personalKinds, type PersonalKind } from '../../src/contract/sharing.ts'
import { leaksIn } from '../support/every-encoding.ts'
import { person, problemOf, recordRuns, type RecordedRuns } from '../support/recorded-runs.ts'

const everyKind = Object.keys(personalKinds) as PersonalKind[]
/** what the playground knows of its test user */
const alice = ['alice@', 'Alice']
let recorded: RecordedRuns

beforeAll(async () => {
  recorded = await recordRuns()
})
afterAll(() => recorded.close())

/** Everything that leaves the machine, by what it is. */
async function everyExport(include: PersonalKind[] = []): Promise<[string, string][]> {
  const run_ids = recorded.ids
  const { html = '' } = await recorded.own.engine.runCommand('capsule make', { run_ids, include })
  const { text: preview } = await recorded.own.engine.runCommand('capsule preview', { run_ids, include })
  const { text: har = '' } = await recorded.own.engine.runCommand('har make', { run_ids, include })
  const tickets = await Promise.all(
    recorded.ids.map((run_id) => recorded.own.engine.runCommand('share ticket', { run_id, include })),
  )
  return [
    ['capsule', html],
    ['preview', preview],
    ['har', har],
    ...tickets.map(({ markdown }, index): [string, string] => [`ticket ${index}`, markdown]),
  ]
}

describe('what is handed on', () => {
  it('holds no secret in any encoding', async () => {
    expect(recorded.secrets.length).toBeGreaterThan(20)
    for (const [what, text] of [...(await everyExport()), ...(await everyExport(everyKind))]) {
      for (const value of recorded.secrets) expect([what, ...leaksIn(text, value)]).toEqual([what])
    }
  })

  it('holds no fingerprint of the data folder, and equal secrets look equal within', async () => {
    const texts = await Promise.all(recorded.ids.map(async (id) => JSON.stringify(await recorded.eventsOf(id))))
    const before = new Set([...texts.join().matchAll(/●●●● #([0-9a-f]{32})/g)].map((match) => match[1]!))
    const [[, html] = ['', '']] = await everyExport()
    for (const fingerprint of before) expect(html).not.toContain(fingerprint)
    const after = new Set([...html.matchAll(/●●●● #([0-9a-f]{32})/g)].map((match) => match[1]!))
    expect(after.size).toBe(before.size)
    const [[, again] = ['', '']] = await everyExport()
    for (const fingerprint of after) expect(again).not.toContain(fingerprint)
  })

  it('holds no personal value unless it is ticked', async () => {
    const address = person.email
    for (const [what, text] of await everyExport()) {
      for (const value of [...Object.values(person), 'carla-77'])
        expect([what, ...leaksIn(text, value)]).toEqual([what])
      for (const value of alice) expect([what, text.includes(value)]).toEqual([what, false])
    }
    for (const [what, text] of (await everyExport(everyKind)).slice(0, 3)) {
      expect([what, text.includes(address), text.includes('Alice')]).toEqual([what, true, true])
    }
    const [[, html] = ['', '']] = await everyExport(['phone'])
    expect(html).toContain(person.phone)
    expect(leaksIn(html, person.name)).toEqual([])
  })

  it('says what is in it', async () => {
    const { contents, text } = await recorded.own.engine.runCommand('capsule preview', { run_ids: recorded.ids })
    expect(contents.runs.map(({ runId }) => runId)).toEqual(recorded.ids)
    expect(contents.hosts).toEqual(['127.0.0.1'])
    const found = Object.fromEntries(contents.personal.map(({ kind, found: count }) => [kind, count]))
    expect(found).toMatchObject({ phone: 1, ip: 1, login_hint: 1 })
    expect(found.email).toBeGreaterThan(1)
    expect(contents.personal.every(({ isMasked }) => isMasked)).toBe(true)
    expect(text).toContain('S256(code_verifier) = code_challenge: holds')
  })

  it('is refused when a secret would stand in it all the same', async () => {
    const place = join(recorded.own.folder, 'data', 'history')
    await mkdir(place, { recursive: true })
    // As a recorder with a gap would have left it.
    const events = await recorded.eventsOf(recorded.runs[0]!.id)
    const token = events.find((event) => event.type === 'token.received')!
    const { value } = await recorded.own.engine.reveal({ fingerprint: token.token.fingerprint })
    const leak = { ...events[0]!, parameters: { extra: Buffer.from(`x:${value}`).toString('base64url') } }
    const lines = [leak, token, events.at(-1)!].map((event, index) => JSON.stringify({ ...event, seq: index + 1 }))
    await writeFile(join(place, '20261120T100000123Z-leaking.jsonl'), `${lines.join('\n')}\n`)
    for (const id of ['capsule make', 'capsule preview'] as const) {
      expect(await problemOf(recorded.own.engine.runCommand(id, { run_ids: ['leaking'] }))).toMatchObject({
        code: 'share-refused',
      })
    }
  })
})

describe('files', () => {
  it('are written for their owner, and replaced only when that is said', async () => {
    const order = { run_ids: recorded.ids.slice(0, 1), file: 'shared.html' }
    const { file = '', html } = await recorded.own.engine.runCommand('capsule make', order)
    expect(html).toBeUndefined()
    expect(file).toBe(join(recorded.own.folder, 'shared.html'))
    expect(await readFile(file, 'utf8')).toContain('grantlab-capsule')
    expect(await problemOf(recorded.own.engine.runCommand('capsule make', order))).toMatchObject({
      code: 'file-invalid',
      place: { file },
    })
    await recorded.own.engine.runCommand('har make', { ...order, replace: true })
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveProperty('log.version', '1.2')
  })

  it('are of runs that ended and that there are', async () => {
    expect(await problemOf(recorded.own.engine.runCommand('capsule make', { run_ids: ['nobody'] }))).toMatchObject({
      code: 'run-not-found',
    })
    const { runId } = await recorded.own.engine.startRun({
      operation: 'authorization-code',
      parameters: recorded.playground.signIn({ agent: 'paste' }),
    })
    expect(await problemOf(recorded.own.engine.runCommand('share ticket', { run_id: runId }))).toMatchObject({
      code: 'run-running',
    })
    await recorded.own.engine.cancelRun({ runId })
    const unknown = recorded.own.engine.runCommand('har make', {
      run_ids: recorded.ids,
      include: ['shoe-size' as PersonalKind],
    })
    expect(await problemOf(unknown)).toMatchObject({ code: 'parameter-invalid' })
  })
})

describe('a HAR', () => {
  const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value)
  const arePairs = (value: unknown) =>
    Array.isArray(value) && value.every((one) => typeof one.name === 'string' && typeof one.value === 'string')

  it('has the shape of HAR 1.2', async () => {
    const { text = '' } = await recorded.own.engine.runCommand('har make', { run_ids: recorded.ids, include: ['ip'] })
    const { log } = JSON.parse(text)
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'Grantlab', version: '0.0.0-test' } })
    expect(log.pages.map(({ id }: { id: string }) => id)).toHaveLength(recorded.runs.length)
    expect(log.entries).toHaveLength(recorded.runs.reduce((sum, { exchanges }) => sum + exchanges.length, 0))
    for (const entry of log.entries) {
      const { request, response, timings } = entry
      expect(log.pages.map(({ id }: { id: string }) => id)).toContain(entry.pageref)
      expect(new Date(entry.startedDateTime).toISOString()).toBe(entry.startedDateTime)
      expect(new URL(request.url).href).toBe(request.url)
      for (const pairs of [request.headers, request.cookies, request.queryString, response.headers, response.cookies]) {
        expect(arePairs(pairs)).toBe(true)
      }
      for (const count of [
        entry.time,
        request.headersSize,
        request.bodySize,
        response.headersSize,
        response.bodySize,
      ]) {
        expect(isNumber(count)).toBe(true)
      }
      if (request.postData) expect(typeof request.postData.mimeType).toBe('string')
      expect([isNumber(response.status), isNumber(response.content.size)]).toEqual([true, true])
      expect([typeof response.content.mimeType, typeof response.redirectURL, entry.cache]).toEqual([
        'string',
        'string',
        {},
      ])
      const { blocked, dns, connect, send, wait, receive, ssl } = timings
      const sum = [blocked, dns, connect, send, wait, receive].filter((ms) => ms > 0).reduce((all, ms) => all + ms, 0)
      expect(entry.time).toBeCloseTo(sum, 1)
      expect(ssl <= connect || ssl === -1).toBe(true)
      expect(entry.comment).toContain(' · ')
    }
  })
})

it('a ticket says on at most 30 lines what support asks for, and nothing in it comes to life', async () => {
  const failed = recorded.runs.find(({ problem }) => problem?.code === 'resource-refused')!
  const { markdown } = await recorded.own.engine.runCommand('share ticket', { run_id: failed.id, include: everyKind })
  expect(markdown.trimEnd().split('\n').length).toBeLessThanOrEqual(30)
  expect(markdown).toMatch(/Time: ` \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} UTC `/)
  for (const part of [
    '403 Forbidden',
    'req-4711',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    't-1',
    '/things',
  ])
    expect(markdown).toContain(part)
  // Everything of the server stands within code: what is left beside it is plain.
  const outside = markdown.replaceAll(/^(`{3,})\n[^]*?\n\1$/gm, '').replaceAll(/(?<!`)(`+) .*? \1(?!`)/g, '')
  expect(outside).not.toMatch(/[<>[\]|@`]|http|evil|carla/)
  for (const { id } of recorded.runs) {
    const { markdown: other } = await recorded.own.engine.runCommand('share ticket', { run_id: id })
    expect(other.trimEnd().split('\n').length).toBeLessThanOrEqual(30)
  }
})

describe('a ticket of a run that went well', () => {
  it.each([
    ['authorization-code', /POST .*\/token /],
    ['refresh', /POST .*\/token /],
    ['userinfo', /GET .*\/me /],
    ['discover', /GET .*\/\.well-known\/openid-configuration /],
    ['introspect', /POST .*\/token\/introspection /],
    ['revoke', /POST .*\/token\/revocation /],
    ['register', /POST .*\/reg /],
  ])('names the request that %s is about', async (operation, endpoint) => {
    const { id, outcome } = recorded.runs.find((run) => run.operation === operation)!
    expect(outcome).toBe('succeeded')
    const { markdown } = await recorded.own.engine.runCommand('share ticket', { run_id: id })
    expect(markdown.split('\n').find((line) => line.includes('Endpoint'))).toMatch(endpoint)
  })
})

describe('a HAR of ours that is opened again', () => {
  it('cannot tell what is masked, and says so', async () => {
    const run_ids = [recorded.runs.find(({ operation }) => operation === 'authorization-code')!.id]
    const { text = '' } = await recorded.own.engine.runCommand('har make', { run_ids })
    const { runIds } = await recorded.own.engine.runCommand('har open', { text })
    const opened = runOf(runIds[0]!, await recorded.eventsOf(runIds[0]!))
    expect(opened.proofs).toMatchObject([{ name: 'pkce.matches', holds: null }])
    expect(opened.tokens).toEqual([])
    expect(opened.outcome).toBe('succeeded')
  })
})
