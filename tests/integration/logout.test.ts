import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import { Person } from '../../src/playground/testing/person.ts'
import { startHttpServer } from '../support/http-server.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let playground: TestPlayground
let test: TestEngine
let opened: (address: string) => Promise<void> = async () => undefined

beforeAll(async () => {
  playground = await createTestPlayground()
  test = await createTestEngine({ openAddress: (address) => opened(address) })
})
afterAll(async () => {
  await test.close()
  await playground.close()
})

const back = 'http://127.0.0.1:0/signed-out'

const logout = (parameters: ParameterValues, whileRunning?: Parameters<TestEngine['run']>[1]) =>
  test.run(
    { operation: 'logout', parameters: { issuer: playground.issuer, client_id: 'public', ...parameters } },
    whileRunning,
  )

/** A person who presses Sign out in a browser and follows where it leads. */
async function confirm(address: string): Promise<void> {
  const person = new Person(playground.issuer)
  const page = await person.open(address)
  if (page instanceof URL) throw new Error('it asked nothing')
  const done = await person.send(page.forms[0]!)
  if (done instanceof URL) await fetch(done)
}

describe('signing out', () => {
  it('by the automatic browser is confirmed by the server, with the kept ID token', async () => {
    const signedIn = await test.run({ operation: 'authorization-code', parameters: playground.signIn() })
    expect(signedIn.run.problem).toBeUndefined()
    const { run, events } = await logout({ agent: 'form', post_logout_redirect_uri: back })
    expect(run.problem).toBeUndefined()
    expect(run.result).toMatchObject({ sign_out: 'confirmed by the server' })
    expect(run.proofs).toMatchObject([{ name: 'state.matches', holds: true }])
    const sent = run.timeline.flatMap((entry) => (entry.kind === 'message' ? entry.message.parameters : []))
    expect(sent.map(([name]) => name)).toContain('id_token_hint')
    const [token] = (await test.engine.runCommand('tokens list', {})).filter(({ kind }) => kind === 'id_token')
    const { value } = await test.engine.reveal({ fingerprint: token!.fingerprint })
    // Whoever opens the address needs it as it is; the file has it masked.
    const written = events.filter(({ type }) => type !== 'wait.started')
    expect(JSON.stringify(written).includes(value)).toBe(false)
    expect(JSON.stringify(run.timeline)).toContain('It does not revoke tokens')
  })

  it('without a way back ends at the page of the server', async () => {
    const { run } = await logout({ agent: 'form', send_hint: false })
    expect(run.result).toMatchObject({ sign_out: "ended at the server's page" })
    expect(run.exchanges.filter(({ actor }) => actor === 'browser').length).toBeGreaterThan(1)
  })

  it('by the system browser comes back to the listener', async () => {
    opened = async (address) => void confirm(address)
    const { run } = await logout({ agent: 'system', post_logout_redirect_uri: back })
    expect(run.result).toMatchObject({ sign_out: 'confirmed by the server' })
  })

  it('by the system browser without a way back says that it was opened', async () => {
    const seen: string[] = []
    opened = async (address) => void seen.push(address)
    const { run } = await logout({ agent: 'system', logout_hint: 'alice', ui_locales: 'de en' })
    expect(run.result).toMatchObject({ sign_out: 'opened in the browser' })
    const { searchParams } = new URL(seen[0]!)
    expect([searchParams.get('logout_hint'), searchParams.get('ui_locales')]).toEqual(['alice', 'de en'])
    expect(searchParams.has('state')).toBe(false)
  })

  it.each([
    ['right', (state: string) => `https://app.test/out?state=${state}`, undefined],
    ['of another', () => 'https://app.test/out?state=other', 'state-mismatch'],
    ['missing', () => 'https://app.test/out', 'state-mismatch'],
  ])('by pasting checks the state: %s', async (_what, pasted, code) => {
    const parameters = { agent: 'paste', post_logout_redirect_uri: 'https://app.test/out', send_hint: false }
    const { run } = await logout(parameters, (event, runId) => {
      if (event.type !== 'wait.started') return
      const state = new URL(event.wait.address).searchParams.get('state')!
      void test.engine.answerWait({ runId, wait: event.wait.id, text: pasted(state), kind: 'response' })
    })
    expect(run.problem?.code).toBe(code)
  })

  it('needs an endpoint, which can be given by hand', async () => {
    const server = await startHttpServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Signed out.</p>'),
    )
    const base = { issuer: 'https://nobody.invalid', metadata: 'by-hand', agent: 'form' }
    expect((await logout({ ...base, token_endpoint: server.origin })).run.problem?.code).toBe('endpoint-missing')
    const { run } = await logout({ ...base, end_session_endpoint: `${server.origin}/out?tenant=a` })
    expect(run.problem).toBeUndefined()
    expect(server.requests[0]?.url).toContain('/out?tenant=a&client_id=public')
    await server.close()
  })

  it('is told when the redirect URI is not registered', async () => {
    const { run } = await logout({ agent: 'form', post_logout_redirect_uri: 'https://evil.test/out' })
    expect(run.outcome).toBe('failed')
    expect(run.problem?.oauth?.error ?? run.problem?.code).toBeTruthy()
  })

  it('does not press the button that keeps the session', async () => {
    const bodies: string[] = []
    const server = await startHttpServer((request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()))
      const page = `<form method="post"><button name="a" value="stay">Stay signed in</button><button name="a" value="out">Log out</button></form>`
      response.writeHead(200, { 'content-type': 'text/html' }).end(request.method === 'GET' ? page : '<p>Bye</p>')
    })
    await logout({ metadata: 'by-hand', agent: 'form', end_session_endpoint: server.origin })
    expect(bodies).toEqual(['a=out'])
    await server.close()
  })
})
