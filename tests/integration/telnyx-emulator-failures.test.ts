import { APIError, Telnyx } from 'telnyx'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startEmulatorBench, type EmulatorBench } from '../support/telnyx-emulator.ts'

// What the real SDK makes of each failure, and how many requests it sends for it.

let bench: EmulatorBench
let path: string
beforeAll(async () => {
  bench = await startEmulatorBench()
  path = `/v2/oauth_clients/${bench.info.client_id}`
})
afterEach(() => bench.forget())
afterAll(() => bench.close())

/** Reads the example client; answers the error, or nothing when it worked. */
async function retrieve(
  options: { maxRetries?: number; timeout?: number; signal?: AbortSignal } = {},
): Promise<unknown> {
  const { maxRetries = 2, ...rest } = options
  const reading = bench.sdk({ maxRetries }).oauthClients.retrieve(bench.info.client_id, rest)
  return reading.then(
    () => undefined,
    (error: unknown) => error,
  )
}

const status = (fault: object) => bench.fault({ match: { path }, fault: 'status', times: 10, ...fault })

describe('a status', () => {
  it.each([
    [400, 'oauth', Telnyx.BadRequestError],
    [401, 'oauth', Telnyx.AuthenticationError],
    [401, 'envelope', Telnyx.AuthenticationError],
    [403, 'envelope', Telnyx.PermissionDeniedError],
    [404, 'envelope', Telnyx.NotFoundError],
    [422, 'envelope', Telnyx.UnprocessableEntityError],
  ])('%i as %s is final: one request', async (code, shape, kind) => {
    await status({ status: code, shape })
    const error = await retrieve()
    expect(error).toBeInstanceOf(kind)
    expect((error as APIError).error).toHaveProperty(shape === 'oauth' ? 'error_description' : 'errors')
    expect((error as APIError).headers?.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
    expect(await bench.attempts()).toEqual(['0'])
  })

  it.each([
    [409, { retry_after_ms: 1 }, Telnyx.ConflictError],
    [429, { retry_after_ms: 1 }, Telnyx.RateLimitError],
    [429, { retry_after: 0 }, Telnyx.RateLimitError],
    [429, { retry_after: 'Sat, 21 Nov 2020 00:00:00 GMT' }, Telnyx.RateLimitError],
    [500, { retry_after_ms: 1 }, Telnyx.InternalServerError],
    [503, { retry_after_ms: 1 }, Telnyx.InternalServerError],
    [422, { retry_after_ms: 1, should_retry: true }, Telnyx.UnprocessableEntityError],
  ])('%i with %j is tried three times', async (code, headers, kind) => {
    await status({ status: code, ...headers })
    expect(await retrieve()).toBeInstanceOf(kind)
    expect(await bench.attempts()).toEqual(['0', '1', '2'])
  })

  it('503 with four more tries is asked five times', async () => {
    await status({ status: 503, retry_after_ms: 1 })
    expect(await retrieve({ maxRetries: 4 })).toBeInstanceOf(Telnyx.InternalServerError)
    expect(await bench.attempts()).toHaveLength(5)
  })

  it('429 without any header is waited out as well, and once is no failure', async () => {
    await status({ status: 429, times: 1 })
    expect(await retrieve({ maxRetries: 1 })).toBeUndefined()
    await status({ status: 429, times: 1, retry_after: 1 })
    expect(await retrieve({ maxRetries: 1 })).toBeUndefined()
    expect(await bench.attempts()).toEqual(['0', '1', '0', '1'])
  })

  it('429 is final without retries, or when the server says so', async () => {
    await status({ status: 429, times: 1 })
    expect(await retrieve({ maxRetries: 0 })).toBeInstanceOf(Telnyx.RateLimitError)
    await status({ status: 429, times: 1, should_retry: false })
    expect(await retrieve()).toBeInstanceOf(Telnyx.RateLimitError)
    expect(await bench.attempts()).toEqual(['0', '0'])
  })

  it('500 on a create sends three creates', async () => {
    const match = { method: 'POST', path: '/v2/oauth_clients' }
    await bench.fault({ match, fault: 'status', status: 500, retry_after_ms: 1, times: 3 })
    await expect(create('three', 2)).rejects.toBeInstanceOf(Telnyx.InternalServerError)
    expect(await bench.requests()).toEqual(Array.from({ length: 3 }, () => 'POST /v2/oauth_clients'))
  })
})

function create(name: string, maxRetries: number) {
  const client = { name, allowed_scopes: ['voice.read'], client_type: 'public', allowed_grant_types: ['refresh_token'] }
  return bench.sdk({ maxRetries }).oauthClients.create(client as Parameters<Telnyx['oauthClients']['create']>[0])
}

describe('the connection', () => {
  it('a reset is tried again, a token request too', async () => {
    await bench.fault({ match: { path }, fault: 'reset', times: 2 })
    const error = await retrieve({ maxRetries: 1 })
    expect(error).toBeInstanceOf(Telnyx.APIConnectionError)
    expect((error as Error).cause).toMatchObject({ message: 'fetch failed' })
    await bench.fault({ match: { method: 'POST', path: '/v2/oauth/token' }, fault: 'reset', times: 2 })
    const token = bench.sdk({ maxRetries: 1 }).oauth.token({ grant_type: 'refresh_token', refresh_token: 'r' })
    await expect(token).rejects.toBeInstanceOf(Telnyx.APIConnectionError)
    expect(await bench.attempts()).toEqual(['0', '1', '0', '1'])
  })

  it('nobody there is an error of the connection', async () => {
    const gone = await startEmulatorBench()
    await gone.close()
    const error: unknown = await gone
      .sdk()
      .oauthGrants.list()
      .then(
        () => undefined,
        (reason: unknown) => reason,
      )
    expect(error).toBeInstanceOf(Telnyx.APIConnectionError)
    expect(((error as Error).cause as Error).cause).toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('headers that never come are waited for as long as the caller allows', async () => {
    await bench.fault({ match: { path }, fault: 'slow-headers', times: 2 })
    expect(await retrieve({ maxRetries: 1, timeout: 50 })).toBeInstanceOf(Telnyx.APIConnectionTimeoutError)
    expect(await bench.attempts()).toEqual(['0', '1'])
  })

  it('an abort ends it at once', async () => {
    await bench.fault({ match: { path }, fault: 'slow-headers' })
    const abort = new AbortController()
    const reading = retrieve({ signal: abort.signal })
    await expect.poll(() => bench.requests()).toHaveLength(1)
    abort.abort()
    expect(await reading).toBeInstanceOf(Telnyx.APIUserAbortError)
    expect(await bench.attempts()).toEqual(['0'])
  })

  it('headers and a body that come late come whole', async () => {
    await bench.fault({ match: { path }, fault: 'slow-headers', delay_ms: 20 })
    expect(await retrieve()).toBeUndefined()
    await bench.fault({ match: { path }, fault: 'slow-body', delay_ms: 20 })
    expect(await retrieve({ timeout: 10_000 })).toBeUndefined()
  })

  it('a create whose answer is cut was done, once', async () => {
    const match = { method: 'POST', path: '/v2/oauth_clients' }
    await bench.fault({ match, fault: 'cut-body' })
    await expect(create('cut', 2)).rejects.toThrow('terminated')
    expect(await bench.requests()).toEqual(['POST /v2/oauth_clients'])
    const { data } = await bench.sdk().oauthClients.list({ 'filter[name]': 'cut' })
    expect(data).toHaveLength(1)
  })

  it('what is slow for ever keeps nothing from stopping', async () => {
    const own = await startEmulatorBench()
    const [first, second] = ['slow-headers', 'slow-body']
    for (const fault of [first, second]) await own.fault({ match: { path: '/v2/*' }, fault })
    const calls = [own.sdk().oauthGrants.list(), own.sdk().oauthClients.list()].map((call) =>
      call.then(
        () => 'worked',
        () => 'failed',
      ),
    )
    await expect.poll(() => own.requests()).toHaveLength(2)
    await own.close()
    expect(await Promise.all(calls)).toEqual(['failed', 'failed'])
  })
})

describe('the content', () => {
  it('JSON that stops in the middle is a SyntaxError', async () => {
    await bench.fault({ match: { path }, fault: 'bad-json' })
    const error = await retrieve()
    expect(error).toBeInstanceOf(SyntaxError)
    expect(error).not.toBeInstanceOf(APIError)
    expect(await bench.attempts()).toHaveLength(1)
  })

  it('JSON as text/plain comes as a text', async () => {
    await bench.fault({ match: { path }, fault: 'wrong-content-type' })
    const answer: unknown = await bench.sdk().oauthClients.retrieve(bench.info.client_id)
    expect(answer).toBeTypeOf('string')
    expect(JSON.parse(answer as string)).toMatchObject({ data: { client_id: bench.info.client_id } })
  })

  it('a page is the message of the error', async () => {
    await bench.fault({ match: { path }, fault: 'html', status: 404 })
    const error = await retrieve()
    expect(error).toBeInstanceOf(Telnyx.NotFoundError)
    expect(error).toMatchObject({ error: undefined, message: expect.stringContaining('<!doctype html>') as string })
  })

  it('a fault waits for its request, and others pass before', async () => {
    await bench.fault({ match: { method: 'GET', path: '/v2/oauth_clients/*' }, fault: 'status', status: 404, after: 1 })
    await bench.sdk().oauthClients.list()
    expect(await retrieve()).toBeUndefined()
    expect(await retrieve()).toBeInstanceOf(Telnyx.NotFoundError)
    expect(await retrieve()).toBeUndefined()
  })
})
