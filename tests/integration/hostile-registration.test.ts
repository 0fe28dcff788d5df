import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Run } from '../../src/contract/run.ts'
import { findingsOf } from '../../src/contract/rules/index.ts'
import { vaultLocked } from '../../src/core/vault/vault-problems.ts'
import { useRegistrationBench } from '../support/registration-bench.ts'
import { type RegistrationAnswer, soundAnswer } from '../support/registration-server.ts'

const bench = useRegistrationBench()
const rulesOf = async (ended: Promise<{ run: Run }>) => findingsOf((await ended).run).map(({ rule }) => rule)

const cut: RegistrationAnswer = (response) => {
  response.writeHead(201, { 'content-type': 'application/json', 'content-length': '500' })
  response.write('{"client_id":"c-1","client_se')
  response.destroy()
}
const reset: RegistrationAnswer = (response) => void response.socket?.resetAndDestroy()
const huge: RegistrationAnswer = (response) => {
  response.writeHead(201, { 'content-type': 'application/json' })
  response.end(`{"client_id":"c-1","x":"${'y'.repeat(6 * 1024 * 1024)}"}`)
}

describe('an answer that cannot be used leaves the registration as unknown', () => {
  it.each<[string, RegistrationAnswer]>([
    ['cut', cut],
    ['reset', reset],
    ['huge', huge],
    ['without client_id', { status: 201, document: { client_secret: 'MARKED-lost-secret' } }],
    ['with an empty client_id', { status: 201, document: { client_id: '' } }],
    ['with a list', { status: 201, document: [soundAnswer] }],
    ['HTML', { status: 201, text: '<h1>Welcome</h1>' }],
    ['empty', { status: 201 }],
    ['of a server that failed', { status: 500, document: { error: 'server_error' } }],
  ])('%s', async (_what, answer) => {
    await bench.serve({ POST: answer })
    const { run, events } = await bench.register()
    expect(run.problem).toMatchObject({ code: 'outcome-unknown' })
    expect(run.problem?.whatToDo?.join(' ')).toContain('Look at the server')
    const [entry] = await bench.inventory()
    expect(entry).toMatchObject({ state: 'unknown', client_id: '', title: 'Mine' })
    expect(await bench.test.engine.runCommand('secret list', {})).toEqual([])
    await bench.expectNowhere(events, ['MARKED-lost-secret'])
  })

  it('stands first in the list, is not cleaned up, and can be forgotten', async () => {
    await bench.serve({ POST: cut })
    await bench.register()
    bench.server.answers.POST = { status: 201, document: soundAnswer }
    await bench.register()
    const [first] = await bench.inventory()
    expect((await bench.inventory()).map(({ state }) => state)).toEqual(['unknown', 'registered'])
    const { run } = await bench.start('registration clean-up', { registrations: [first!.id] })
    expect(run.problem).toMatchObject({ code: 'outcome-unknown' })
    expect(run.targets).toMatchObject([{ outcome: 'unknown', title: 'Mine' }])
    await bench.test.engine.runCommand('registrations forget', { id: first!.id })
    expect((await bench.inventory()).map(({ state }) => state)).toEqual(['registered'])
  })
})

describe('a refusal leaves nothing behind', () => {
  it.each<[string, RegistrationAnswer, object]>([
    ['without description', { status: 400, document: { error: 'invalid_client_metadata' } }, {}],
    [
      'of a redirect URI',
      { status: 400, document: { error: 'invalid_redirect_uri' } },
      { fields: [{ name: 'redirect_uris', detail: expect.any(String) }] },
    ],
    [
      'that names a member',
      { status: 400, document: { error: 'invalid_client_metadata', error_description: 'jwks_uri must be https' } },
      { fields: [{ name: 'client_jwks_uri', detail: 'jwks_uri must be https' }] },
    ],
    [
      'with a list of members',
      {
        status: 400,
        document: {
          error: 'invalid_client_metadata',
          invalid_fields: { scope: ['is unknown', 'is too wide'], grant_types: 'is empty' },
        },
      },
      {
        fields: [
          { name: 'scope', detail: 'is unknown is too wide' },
          { name: 'grant_types', detail: 'is empty' },
        ],
      },
    ],
    ['as HTML', { status: 403, text: '<h1>No</h1>' }, { status: 403 }],
    ['without anything', { status: 401 }, { whatToDo: [expect.stringContaining('initial_access_token')] }],
  ])('%s', async (_what, answer, problem) => {
    await bench.serve({ POST: answer })
    const { run } = await bench.register()
    expect(run.problem).toMatchObject({ code: 'registration-refused', exchange: expect.any(String), ...problem })
    expect(await bench.inventory()).toEqual([])
  })

  it('a redirect is not followed', async () => {
    await bench.serve({ POST: (response, issuer) => void response.writeHead(307, { location: `${issuer}/x` }).end() })
    const { run } = await bench.register()
    expect(run.problem).toMatchObject({ code: 'response-unexpected', status: 307 })
    expect(bench.server.seen).toHaveLength(1)
    expect(await bench.inventory()).toEqual([])
  })

  it('a registration that was held and cancelled never left', async () => {
    await bench.serve({ POST: { status: 201, document: soundAnswer } })
    const { engine } = bench.test
    const { run } = await bench.test.run(
      {
        operation: 'register',
        parameters: { issuer: bench.server.issuer, client_name: 'Mine' },
        holdBefore: ['registration'],
      },
      (event, runId) => {
        if (event.type === 'exchange.held') void engine.cancelRun({ runId })
      },
    )
    expect(run.outcome).toBe('cancelled')
    expect(bench.server.seen).toEqual([])
    expect(await bench.inventory()).toEqual([])
  })

  it('one that was cancelled while the server works is unknown', async () => {
    const { promise: asked, resolve: arrived } = Promise.withResolvers<void>()
    await bench.serve({ POST: () => arrived() })
    const { engine } = bench.test
    const { run } = await bench.test.run(
      { operation: 'register', parameters: { issuer: bench.server.issuer, client_name: 'Mine' } },
      (event, runId) => {
        if (event.type === 'exchange.started' && event.purpose === 'registration')
          void asked.then(() => engine.cancelRun({ runId }))
      },
    )
    expect(run.outcome).toBe('cancelled')
    const [entry] = await bench.inventory()
    expect(entry).toMatchObject({ state: 'unknown' })
    expect(run.timeline).toContainEqual(
      expect.objectContaining({ kind: 'decision', choice: `kept as unknown (${entry!.id})` }),
    )
  })

  it('a locked vault stops it before anything is sent', async () => {
    await bench.serve({ POST: { status: 201, document: soundAnswer } })
    bench.test.ports.vault.open = () => Promise.reject(vaultLocked('The vault was locked.'))
    const { run } = await bench.register()
    expect(run.problem).toMatchObject({ code: 'vault-locked' })
    expect(bench.server.seen).toEqual([])
    expect(await bench.inventory()).toEqual([])
  })
})

describe('what is sent', () => {
  it('is what was given, with the initial access token, which stands nowhere', async () => {
    await bench.serve({ POST: { status: 201, document: soundAnswer } })
    const { events } = await bench.register({
      initial_access_token: 'MARKED-initial-token',
      software_statement: 'MARKED.software.statement',
      further_metadata: '{"client_name#de":"Meins"}',
    })
    expect(bench.server.seen).toEqual([
      {
        method: 'POST',
        path: '/register',
        token: 'Bearer MARKED-initial-token',
        body: {
          client_name: 'Mine',
          redirect_uris: ['http://127.0.0.1/callback'],
          software_statement: 'MARKED.software.statement',
          'client_name#de': 'Meins',
        },
      },
    ])
    const given = [soundAnswer.client_secret, soundAnswer.registration_access_token]
    await bench.expectNowhere(events, ['MARKED-initial-token', ...given])
  })

  it('and a vault that refuses afterwards loses nothing: the secret can be revealed', async () => {
    await bench.serve({ POST: { status: 201, document: soundAnswer } })
    const { set } = bench.test.ports.vault
    bench.test.ports.vault.set = () => Promise.reject(new Error('refused'))
    const { run } = await bench.register()
    bench.test.ports.vault.set = set
    expect(run.problem?.detail).toContain('could not be kept')
    expect(await bench.inventory()).toMatchObject([{ state: 'registered', client_id: 'c-1' }])
    const masked = String(run.registered[0]?.registered.client_secret)
    const { value } = await bench.test.engine.reveal({ fingerprint: masked.slice(-32) })
    expect(value).toBe(soundAnswer.client_secret)
  })

  it('and a disk that refuses afterwards loses nothing either', async () => {
    const folder = join(bench.test.folder, 'data', 'registrations')
    await bench.serve({
      async POST(response) {
        await rm(folder, { recursive: true })
        await writeFile(folder, 'no folder')
        response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(soundAnswer))
      },
    })
    const { run } = await bench.register()
    expect(run.problem).toMatchObject({ code: 'data-folder-failed', detail: expect.stringContaining('c-1 was made') })
    expect(run.registered).toMatchObject([{ client: { client_id: 'c-1' } }])
    const { value } = await bench.test.engine.reveal({
      fingerprint: String(run.registered[0]?.registered.client_secret).slice(-32),
    })
    expect(value).toBe(soundAnswer.client_secret)
  })
})

it('SECURITY: a secret that the answer repeats in a name or an address stands in no file', async () => {
  const { client_secret: secret, registration_access_token: token } = soundAnswer
  const document = {
    ...soundAnswer,
    client_name: `Mine ${secret} ${token}`,
    registration_client_uri: `ISSUER/register/c-1?t=${token}`,
  }
  await bench.serve({ POST: { status: 201, document }, GET: { status: 200, document } })
  const { run, events } = await bench.register()
  expect(run.outcome).toBe('succeeded')
  const [entry] = await bench.inventory()
  expect(entry?.title).toMatch(/^Mine ●/)
  expect(entry).not.toHaveProperty('management')
  const byHand = { registration_client_uri: `${bench.server.issuer}/register/c-1`, registration_access_token: token }
  const read = await bench.start('registration read', { client_id: 'c-1', ...byHand })
  expect(read.run.outcome).toBe('succeeded')
  await bench.expectNowhere([...events, ...read.events], [secret, token])
})

describe('an odd answer that has a client is taken', () => {
  it.each<[string, RegistrationAnswer]>([
    ['200', { status: 200, document: soundAnswer }],
    ['text/plain', { status: 201, document: soundAnswer, type: 'text/plain' }],
    ['a secret without its end', { status: 201, document: { ...soundAnswer, client_secret_expires_at: undefined } }],
  ])('%s', async (what, answer) => {
    await bench.serve({ POST: answer })
    const { run } = await bench.register()
    expect(run.outcome).toBe('succeeded')
    expect(await bench.inventory()).toMatchObject([{ state: 'registered', client_id: 'c-1' }])
    const said = run.timeline.some((entry) => entry.kind === 'decision' && entry.subject === 'client information')
    expect([what, said]).toEqual([what, what !== 'text/plain'])
  })

  it('values of the wrong kind neither fail the run nor go into the inventory', async () => {
    const odd = { client_secret: 5, scope: ['a'], redirect_uris: 'x', client_id_issued_at: 'soon', contacts: [[[1]]] }
    await bench.serve({ POST: { status: 201, document: { ...soundAnswer, ...odd } } })
    const { run } = await bench.register()
    expect(run.outcome).toBe('succeeded')
    const [entry] = await bench.inventory()
    expect(entry?.client).not.toHaveProperty('scope')
    expect(entry).not.toHaveProperty('clientSecret')
  })

  it('texts without end are left out of events and files', async () => {
    await bench.serve({ POST: { status: 201, document: { ...soundAnswer, client_uri: 'z'.repeat(200_000) } } })
    const { run, events } = await bench.register()
    expect(run.outcome).toBe('succeeded')
    expect(JSON.stringify(events).length).toBeLessThan(50_000)
    expect(JSON.stringify(await bench.inventory()).length).toBeLessThan(20_000)
  })
})

it('what the server changed, filled in and forgot is found', async () => {
  const answer = {
    client_id: 'c',
    redirect_uris: ['https://else.test/'],
    token_endpoint_auth_method: 'client_secret_post',
  }
  await bench.serve({ POST: { status: 201, document: answer } })
  expect((await rulesOf(bench.register())).filter((rule) => rule.startsWith('register.')).sort()).toEqual([
    'register.changed',
    'register.defaults',
    'register.no-management',
    'register.secret-missing',
  ])
})
