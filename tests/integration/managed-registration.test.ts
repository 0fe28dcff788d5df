import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { useRegistrationBench } from '../support/registration-bench.ts'
import { type RegistrationAnswer, soundAnswer } from '../support/registration-server.ts'

const bench = useRegistrationBench()
const reset: RegistrationAnswer = (response) => void response.socket?.resetAndDestroy()

describe('SECURITY: the registration access token', () => {
  const elsewhere = async () => {
    const other = await bench.startServer({ GET: { status: 200, document: soundAnswer } })
    const document = { ...soundAnswer, registration_client_uri: `${other.issuer}/register/c-1` }
    await bench.serve({ POST: { status: 201, document } })
    return other
  }

  it('does not follow the server to another origin before a person allows it', async () => {
    const other = await elsewhere()
    const { run } = await bench.register()
    const decision = run.timeline.find(
      (entry) => entry.kind === 'decision' && entry.subject === 'registration access token',
    )
    expect(decision).toMatchObject({ reason: expect.stringContaining(other.issuer) })
    const refused = await bench.start('registration read', { client_id: 'c-1' })
    expect(refused.run.problem).toMatchObject({ code: 'secret-not-bound' })
    expect(other.seen).toEqual([])
    const allowed = await bench.start('registration read', { client_id: 'c-1' }, true)
    expect(allowed.run.outcome).toBe('succeeded')
    expect(other.seen).toMatchObject([{ token: 'Bearer MARKED-registration-token-1' }])
  })

  it('does not follow an answer that moves the registration', async () => {
    const other = await bench.startServer({ GET: { status: 200, document: soundAnswer } })
    const moved = { ...soundAnswer, registration_client_uri: `${other.issuer}/register/c-1` }
    await bench.serve({
      POST: { status: 201, document: soundAnswer },
      GET: { status: 200, document: moved },
      PUT: { status: 200, document: moved },
    })
    await bench.register()
    const { run } = await bench.start('registration update', { client_id: 'c-1', client_name: 'New' })
    expect(run.outcome).toBe('succeeded')
    expect(bench.server.seen.map(({ method }) => method)).toEqual(['POST', 'GET', 'PUT'])
    const { run: next } = await bench.start('registration read', { client_id: 'c-1' })
    expect(next.problem).toMatchObject({ code: 'secret-not-bound' })
    expect(other.seen).toEqual([])
  })

  it('that is no longer kept is missed by its name, and nothing is sent', async () => {
    await bench.serve({ POST: { status: 201, document: soundAnswer } })
    await bench.register()
    const [entry] = await bench.inventory()
    const { token } = entry!.management!
    await bench.test.engine.runCommand('secret rm', { name: token })
    const { run } = await bench.start('registration read', { client_id: 'c-1' })
    expect(run.problem).toMatchObject({ code: 'secret-missing', detail: expect.stringContaining(token) })
    expect(bench.server.seen).toHaveLength(1)
  })

  it('is not sent along a redirect', async () => {
    const other = await bench.startServer({ GET: { status: 200, document: soundAnswer } })
    await bench.serve({
      POST: { status: 201, document: soundAnswer },
      GET: (response) => void response.writeHead(302, { location: `${other.issuer}/x` }).end(),
    })
    await bench.register()
    const { run } = await bench.start('registration read', { client_id: 'c-1' })
    expect(run.problem).toMatchObject({ code: 'response-unexpected', status: 302 })
    expect(other.seen).toEqual([])
  })

  it('given by hand goes to its place alone, and is not kept', async () => {
    await bench.serve({ GET: { status: 200, document: { client_id: 'c-9', client_name: 'Theirs' } } })
    const { run, events } = await bench.start('registration read', {
      client_id: 'c-9',
      registration_client_uri: `${bench.server.issuer}/manage/c-9`,
      registration_access_token: 'MARKED-token-by-hand',
    })
    expect(run.outcome).toBe('succeeded')
    expect(bench.server.seen).toMatchObject([{ path: '/manage/c-9', token: 'Bearer MARKED-token-by-hand' }])
    expect(await bench.test.engine.runCommand('secret list', {})).toEqual([])
    expect(await bench.inventory()).toEqual([])
    expect(await bench.test.engine.runCommand('registrations list', { all: true })).toMatchObject([{ isOwn: false }])
    await bench.expectNowhere(events, ['MARKED-token-by-hand'])
  })
})

describe('what the server gives anew', () => {
  const rotated = {
    ...soundAnswer,
    client_secret: 'MARKED-secret-of-client-2',
    registration_access_token: 'MARKED-registration-token-2',
  }
  const all = [soundAnswer, rotated].flatMap((one) => [one.client_secret, one.registration_access_token])
  const kept = async () => {
    const [entry] = await bench.inventory()
    const names = [entry!.clientSecret!, entry!.management!.token]
    return Promise.all(names.map(async (name) => (await bench.test.ports.vault.get(name))?.value))
  }

  it('takes the place of the old, at a read and at an update, and stands in no file', async () => {
    await bench.serve({ POST: { status: 201, document: soundAnswer }, GET: { status: 200, document: rotated } })
    const first = await bench.register()
    expect(await kept()).toEqual(['MARKED-secret-of-client-1', 'MARKED-registration-token-1'])
    bench.server.answers.PUT = {
      status: 200,
      document: { ...rotated, registration_access_token: 'MARKED-registration-token-3' },
    }
    const second = await bench.start('registration update', { client_id: 'c-1', client_name: 'New', contacts: [] })
    expect(bench.server.seen.map(({ method, token }) => [method, token])).toEqual([
      ['POST', undefined],
      ['GET', 'Bearer MARKED-registration-token-1'],
      ['PUT', 'Bearer MARKED-registration-token-2'],
    ])
    expect(bench.server.seen.at(-1)?.body).toEqual({
      client_id: 'c-1',
      client_secret: 'MARKED-secret-of-client-2',
      client_name: 'New',
      redirect_uris: ['http://127.0.0.1/callback'],
      token_endpoint_auth_method: 'client_secret_basic',
    })
    expect(await kept()).toEqual(['MARKED-secret-of-client-2', 'MARKED-registration-token-3'])
    await bench.expectNowhere([...first.events, ...second.events], [...all, 'MARKED-registration-token-3'])
  })

  it.each(['registration read', 'registration update'])(
    'SECURITY: %s keeps nothing of another client',
    async (operation) => {
      const other = { status: 200, document: { ...rotated, client_id: 'c-2' } }
      await bench.serve({ POST: { status: 201, document: soundAnswer }, GET: other, PUT: other })
      await bench.register()
      const change = operation === 'registration update' ? { client_name: 'New', read_first: false } : {}
      const { run } = await bench.start(operation, { client_id: 'c-1', ...change })
      expect(run.problem?.detail).toContain('another client: "c-2"')
      expect(await bench.inventory()).toMatchObject([{ client_id: 'c-1' }])
      expect(await kept()).toEqual(['MARKED-secret-of-client-1', 'MARKED-registration-token-1'])
    },
  )

  it('a vault that refuses at that moment loses nothing: it can be revealed', async () => {
    await bench.serve({ POST: { status: 201, document: soundAnswer }, GET: { status: 200, document: rotated } })
    await bench.register()
    const { set } = bench.test.ports.vault
    bench.test.ports.vault.set = () => Promise.reject(new Error('refused'))
    const { run } = await bench.start('registration read', { client_id: 'c-1' })
    bench.test.ports.vault.set = set
    expect(run.outcome).toBe('failed')
    expect(run.problem?.detail).toContain('could not be kept')
    const token = String(run.registered[0]?.registered.registration_access_token)
    const [, fingerprint = ''] = /#([0-9a-f]{32})/.exec(token) ?? []
    expect(await bench.test.engine.reveal({ fingerprint })).toEqual({ value: 'MARKED-registration-token-2' })
  })

  it('an update whose answer never came says so', async () => {
    await bench.serve({ POST: { status: 201, document: soundAnswer }, PUT: reset })
    await bench.register()
    const { run } = await bench.start('registration update', {
      client_id: 'c-1',
      client_name: 'New',
      read_first: false,
    })
    expect(run.problem).toMatchObject({ code: 'outcome-unknown', whatToDo: [expect.stringContaining('read')] })
  })
})

describe('cleaning up', () => {
  it('says what could not be deleted, and keeps it', async () => {
    let deletions = 0
    await bench.serve({
      DELETE: (response, issuer) => {
        deletions++
        if (deletions === 2) response.writeHead(500).end()
        else response.writeHead(deletions === 3 ? 404 : 204).end(issuer && '')
      },
    })
    for (const id of ['c-1', 'c-2', 'c-3']) {
      const document = { ...soundAnswer, client_id: id, client_name: id }
      bench.server.answers.POST = { status: 201, document }
      await bench.register()
    }
    const { run } = await bench.start('registration clean-up', { all: true })
    expect(run.problem).toMatchObject({ code: 'partly-done', detail: expect.stringContaining('1 of 3') })
    expect(run.targets.map(({ outcome }) => outcome)).toEqual(['done', 'unknown', 'absent'])
    expect(run.targets[1]).toMatchObject({ problem: { status: 500 }, exchange: expect.any(String) })
    expect((await bench.inventory()).map(({ state }) => state).sort()).toEqual(['gone', 'gone', 'registered'])
    // Those of the one that was deleted for certain are gone.
    expect(await bench.test.engine.runCommand('secret list', {})).toHaveLength(4)
    const again = await bench.start('registration clean-up', { all: true })
    expect(again.run).toMatchObject({ outcome: 'succeeded', result: { deleted: 1, absent: 0 } })
  })

  it('deletes nothing when an id is not known, and nothing when nobody says what', async () => {
    await bench.serve({ POST: { status: 201, document: soundAnswer }, DELETE: { status: 204 } })
    await bench.register()
    const [entry] = await bench.inventory()
    const { run } = await bench.start('registration clean-up', { registrations: [entry!.id, 'no-such'] })
    expect(run.problem).toMatchObject({ code: 'registration-not-found' })
    expect((await bench.start('registration clean-up')).run.problem).toMatchObject({ code: 'parameter-missing' })
    expect(bench.server.seen.map(({ method }) => method)).toEqual(['POST'])
  })
})

it('a deletion that was done is told as done, also when the disk keeps it from being noted', async () => {
  await bench.serve({ POST: { status: 201, document: soundAnswer } })
  await bench.register()
  const locks = join(bench.test.folder, 'data', 'registrations', 'locks')
  bench.server.answers.DELETE = (response) => {
    void rm(locks, { recursive: true })
      .then(() => writeFile(locks, 'no folder'))
      .then(() => response.writeHead(204).end())
  }
  const { run } = await bench.start('registration delete', { client_id: 'c-1' })
  expect(run).toMatchObject({ outcome: 'succeeded', result: { outcome: 'done' } })
})
