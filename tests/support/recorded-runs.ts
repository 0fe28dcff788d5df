import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RunEvent } from '../../src/contract/events.ts'
import type { Problem } from '../../src/contract/problem.ts'
import type { Run } from '../../src/contract/run.ts'
import { everyEncoding } from './every-encoding.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from './test-engine.ts'

/** Somebody who stands in the answers of an API, in every encoding. */
export const person = {
  email: 'carla@example.test',
  name: 'Carla O\'Neil & "Söhne"',
  phone: '+49 30 1234567',
  ip: '203.0.113.77',
}
const wrongSecret = 'MARKED wr0ng:+/%é=&"<\'>secret'

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** A token that nobody made, about somebody. */
const wrongToken = `${part({ alg: 'HS256' })}.${part({ sub: 'carla-77', ...person })}.${part({ marked: 'signature' })}`

/** Runs of many operations, recorded, with everything that must not leave the machine. */
export interface RecordedRuns {
  own: TestEngine
  playground: TestPlayground
  runs: Run[]
  ids: string[]
  /** every clear value that was masked with a fingerprint, and the passwords */
  secrets: string[]
  eventsOf(runId: string): Promise<RunEvent[]>
  close(): Promise<void>
}

/** Records them over a playground and an API that refuses and tells of a person. */
export async function recordRuns(): Promise<RecordedRuns> {
  const playground = await createTestPlayground()
  const own = await createTestEngine({ playground: playground.port })
  const api = await startApi()
  const runs: Run[] = []
  for (const input of ordersFor(playground, api.url)) runs.push((await own.run(input)).run)
  const eventsOf = async (runId: string) => {
    const events: RunEvent[] = []
    for await (const event of own.engine.runEvents({ runId })) events.push(event)
    return events
  }
  const ids = runs.map(({ id }) => id)
  const texts = await Promise.all(ids.map(async (id) => JSON.stringify(await eventsOf(id))))
  const masks = new Set([...texts.join().matchAll(/●●●● #([0-9a-f]{32})/g)].map((match) => match[1]!))
  const revealed = await Promise.all([...masks].map((fingerprint) => own.engine.reveal({ fingerprint })))
  return {
    own,
    playground,
    runs,
    ids,
    secrets: [...revealed.map(({ value }) => value), String(playground.signIn().password), wrongSecret, wrongToken],
    eventsOf,
    async close() {
      api.close()
      await own.close()
      await playground.close()
    },
  }
}

function ordersFor(playground: TestPlayground, url: string) {
  const { issuer } = playground
  const profile = 'playground'
  const client_id = 'confidential-post'
  const hint = encodeURIComponent(person.email)
  return [
    {
      operation: 'authorization-code',
      profile,
      parameters: { agent: 'form', scope: 'openid profile email offline_access api:read' },
    },
    { operation: 'refresh', profile, parameters: {} },
    { operation: 'userinfo', profile, parameters: {} },
    { operation: 'call', profile, parameters: { url: `${issuer}/api/hello` } },
    {
      operation: 'call',
      parameters: { url: `${url}/things?login_hint=${hint}`, access_token: 'MARKED-token-0123456789/+abc=' },
    },
    { operation: 'discover', parameters: { issuer } },
    { operation: 'discover-resource', parameters: { resource_url: `${issuer}/api` } },
    {
      operation: 'client-credentials',
      parameters: {
        issuer,
        client_id,
        client_secret: playground.secretOf(client_id),
        client_auth: 'client_secret_post',
      },
    },
    { operation: 'client-credentials', parameters: { issuer, client_id, client_secret: wrongSecret } },
    { operation: 'introspect', profile, parameters: {} },
    { operation: 'introspect', profile, parameters: { kind: 'refresh_token' } },
    {
      operation: 'register',
      parameters: {
        issuer,
        client_name: 'An app',
        redirect_uris: ['http://127.0.0.1/callback'],
        contacts: [person.email],
      },
    },
    { operation: 'clients list', profile: 'telnyx-emulator', parameters: {} },
    { operation: 'authorization-code', profile: 'telnyx-emulator', parameters: { agent: 'consent' } },
    {
      operation: 'token verify',
      parameters: { token: wrongToken, issuer, audience: 'api', sub: 'carla-77', secret: wrongSecret },
    },
    { operation: 'revoke', profile, parameters: { kind: 'refresh_token' } },
  ]
}

async function startApi(): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.writeHead(403, {
      'content-type': 'application/json',
      'x-forwarded-for': `${person.ip}, 127.0.0.1`,
      'x-request-id': 'req-4711',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      'www-authenticate': `Bearer error="insufficient_scope"`,
    })
    const spread = [person.email, person.name, person.phone].flatMap((value) => Object.values(everyEncoding(value)))
    const error_description = `\`${person.email}\` | <img src=//evil.test> [x](javascript:alert(1))`
    response.end(JSON.stringify({ sub: 'carla-77', ...person, error: 'x', error_description, trace_id: 't-1', spread }))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

/** The problem that a piece of work ends with. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  return work.then(
    () => Promise.reject(new Error('it was done')),
    (error: unknown) => (error as { problem: Problem }).problem,
  )
}
