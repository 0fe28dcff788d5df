import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import type { RunEvent } from '../../src/contract/events.ts'
import { vendors } from '../../src/core/vendors/index.ts'
import { keepKnownRegistration } from '../support/known-registration.ts'
import { jsonAnswer, startScriptedServer, type ScriptedAnswer } from '../support/scripted-server.ts'
import { createTestEngine, type TestEngine } from '../support/test-engine.ts'

let test: TestEngine
const open: { close(): Promise<void> }[] = []
beforeAll(async () => {
  test = await createTestEngine()
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
afterAll(() => test.close())

const html: ScriptedAnswer = (response) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><h1>Proxy login</h1></html>')
const brokenJson: ScriptedAnswer = (response) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('{"data": {"client_id": "x"')
const cut: ScriptedAnswer = (response, { socket }) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"data":', () => socket.destroy())
}
const reset: ScriptedAnswer = (_response, { socket }) => void socket.resetAndDestroy()
const slowBody: ScriptedAnswer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"data":')
}
const quickly = { 'retry-after-ms': '1' }
const errorOf = (status: number) =>
  jsonAnswer(status, { errors: [{ code: '10000', title: 'Odd', detail: 'A marked detail.' }] }, quickly)

const refused = ['management-refused', 'registration-refused']
const unknown = ['outcome-unknown']
/** An answer with what may be said of it: of a reading, of a change. */
interface Case {
  name: string
  answer: ScriptedAnswer
  read: string[]
  change: string[]
}

const cases: Case[] = [
  ...[401, 403, 404, 409, 422, 429].map((status) => ({
    name: String(status),
    answer: errorOf(status),
    read: refused,
    change: refused,
  })),
  { name: '429 without a header', answer: jsonAnswer(429, { error: 'slow_down' }), read: refused, change: refused },
  { name: '500', answer: errorOf(500), read: refused, change: unknown },
  { name: 'reset', answer: reset, read: ['connection-lost'], change: unknown },
  { name: 'cut in the middle', answer: cut, read: ['connection-lost'], change: unknown },
  { name: 'slow body', answer: slowBody, read: ['timeout'], change: unknown },
  { name: 'HTML', answer: html, read: ['response-not-json'], change: unknown },
  { name: 'broken JSON', answer: brokenJson, read: ['response-not-json'], change: unknown },
  {
    name: 'no record',
    answer: jsonAnswer(200, {}),
    read: ['response-unexpected'],
    change: ['response-unexpected', ...unknown],
  },
]

describe.each(vendors.map(({ description: { id } }) => id))('%s', (vendor) => {
  const serve = async (answer: ScriptedAnswer) => {
    const server = await startScriptedServer(() => answer)
    open.push(server)
    await keepKnownRegistration(test, { issuer: server.issuer })
    return server
  }
  const run = async (operation: string, issuer: string, parameters: ParameterValues = {}) =>
    (
      await test.run({
        operation,
        parameters: { issuer, vendor, api_key: 'MARKED-api-key-0123456789', timeout_seconds: 1, ...parameters },
      })
    ).run

  const changes: [string, string, ParameterValues][] = [
    ['clients create', 'POST', { client_name: 'Odd', grant_types: ['client_credentials'], scope: 'a.read' }],
    ['clients update', 'PUT', { client_id: 'some-value', client_name: 'Odd' }],
    ['clients delete', 'DELETE', { client_ids: ['some-value'] }],
  ]

  it.each(cases)('reads a client and gets $name', async ({ answer, read }) => {
    const server = await serve(answer)
    const { problem, exchanges, registered } = await run('clients get', server.issuer, { client_id: 'some-value' })
    expect(read).toContain(problem?.code)
    expect(registered).toEqual([])
    expect(problem?.exchange).toBe(exchanges.at(-1)?.id)
    expect(server.seen.length).toBeLessThanOrEqual(3)
    expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(['GET']))
  })

  describe.each(changes)('%s', (operation, method, parameters) => {
    it.each(cases)('is sent once and gets $name', async ({ name, answer, change }) => {
      // An update by the standards reads first: what it reads is fine.
      const sound = jsonAnswer(200, { client_id: 'some-value', data: { client_id: 'some-value' } })
      const server = await startScriptedServer((request) => (request.method === 'GET' ? sound : answer))
      open.push(server)
      await keepKnownRegistration(test, { issuer: server.issuer })
      const ended = await run(operation, server.issuer, parameters)
      expect(server.seen.filter((request) => request.method === method)).toHaveLength(1)
      expect(server.seen.filter((request) => !['GET', method].includes(request.method))).toEqual([])
      const isDeletion = method === 'DELETE'
      // Any success is one, and what is not there need not be deleted.
      if (isDeletion && ['404', 'HTML', 'broken JSON', 'no record'].includes(name)) {
        expect(ended.targets).toMatchObject([{ outcome: name === '404' ? 'absent' : 'done' }])
        return
      }
      expect(change).toContain(ended.problem?.code)
      if (isDeletion) {
        expect(ended.targets).toMatchObject([
          { outcome: ended.problem?.code === 'outcome-unknown' ? 'unknown' : 'failed' },
        ])
      }
      if (operation !== 'clients create') return
      const kept = (await test.engine.runCommand('registrations list', { issuer: server.issuer })).filter(
        ({ title }) => title === 'Odd',
      )
      // What was refused left nothing behind; of the rest nobody knows.
      expect(kept.map(({ state }) => state)).toEqual(change === refused ? [] : ['unknown'])
    })
  })

  it('takes JSON under another content type, and says it', async () => {
    const server = await serve((response) => {
      const body = { client_id: 'some-value', data: { client_id: 'some-value' } }
      response.writeHead(200, { 'content-type': 'text/plain' }).end(JSON.stringify(body))
    })
    const { problem, registered } = await run('clients get', server.issuer, { client_id: 'some-value' })
    expect(problem).toBeUndefined()
    expect(registered).toMatchObject([{ client: { client_id: 'some-value' } }])
  })

  it('takes no credential anywhere else', async () => {
    const elsewhere = await startScriptedServer(() => jsonAnswer(200, {}))
    open.push(elsewhere)
    const server = await serve((response) => void response.writeHead(307, { location: elsewhere.issuer }).end())
    for (const [operation, , parameters] of changes) await run(operation, server.issuer, parameters)
    const { problem } = await run('clients get', server.issuer, { client_id: 'some-value' })
    expect(['redirect-to-other-origin', 'response-unexpected']).toContain(problem?.code)
    expect(elsewhere.seen).toEqual([])
    expect(server.seen.length).toBeGreaterThan(3)
  })

  it('sends nothing after it was cancelled', async () => {
    const server = await serve(slowBody)
    const cancel = (event: RunEvent, runId: string) => {
      if (event.type === 'exchange.started' && event.purpose !== 'metadata') void test.engine.cancelRun({ runId })
    }
    const parameters = {
      issuer: server.issuer,
      vendor,
      api_key: 'k-0123456789',
      client_ids: ['some-value', 'two', 'three'],
    }
    const { run: cancelled } = await test.run({ operation: 'clients delete', parameters }, cancel)
    expect(cancelled.outcome).toBe('cancelled')
    expect(cancelled.exchanges).toHaveLength(1)
    expect(server.seen.length).toBeLessThanOrEqual(1)
  })
})
