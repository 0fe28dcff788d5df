import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCodeOf } from '../../src/contract/problem.ts'
import { startHttpServer } from '../support/http-server.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let playground: TestPlayground
let test: TestEngine

beforeAll(async () => {
  playground = await createTestPlayground()
  test = await createTestEngine({ playground: playground.port })
})
afterAll(async () => {
  await test.close()
  await playground.close()
})

describe('a person at the wait', () => {
  const paste = (text: (address: URL) => string, kind: 'response' | 'browser-error' = 'response') =>
    test.run({ operation: 'authorization-code', parameters: playground.signIn({ agent: 'paste' }) }, (event, runId) => {
      if (event.type !== 'wait.started') return
      const answer = { runId, wait: event.wait.id, text: text(new URL(event.wait.address)), kind }
      void test.engine.answerWait(answer)
    })

  it('pastes an answer with another state', async () => {
    const { run } = await paste(
      (address) => `${address.searchParams.get('redirect_uri')}?code=abcdefgh1234&state=other`,
    )
    expect(run.problem?.code).toBe('state-mismatch')
    expect(run.proofs.find(({ name }) => name === 'state.matches')?.holds).toBe(false)
    expect(run.exchanges.some(({ purpose }) => purpose === 'token')).toBe(false)
  })

  it('pastes an answer of another issuer', async () => {
    const { run } = await paste(
      (address) => `code=abcdefgh1234&state=${address.searchParams.get('state')}&iss=http://evil.test`,
    )
    expect(run.problem?.code).toBe('iss-mismatch')
    expect(run.exchanges.some(({ purpose }) => purpose === 'token')).toBe(false)
  })

  it('says that the browser shows an error', async () => {
    const { run } = await paste(() => 'Error 400: redirect_uri_mismatch', 'browser-error')
    expect(run.problem?.code).toBe('browser-error')
    expect(run.problem?.detail).toContain('redirect_uri_mismatch')
  })

  it('pastes a code the server does not know', async () => {
    const { run } = await paste(
      (address) =>
        `code=abcdefgh1234&state=${address.searchParams.get('state')}&iss=${encodeURIComponent(playground.issuer)}`,
    )
    expect(run.problem).toMatchObject({ code: 'token-request-refused', oauth: { error: 'invalid_grant' } })
  })

  it('is told when what was pasted makes no sense, and may paste again', async () => {
    const told: unknown[] = []
    const { run } = await test.run(
      { operation: 'authorization-code', parameters: playground.signIn({ agent: 'paste' }) },
      (event, runId) => {
        if (event.type !== 'wait.started') return
        const answer = (text: string) => test.engine.answerWait({ runId, wait: event.wait.id, text, kind: 'response' })
        void answer('what is this').catch(async (error: unknown) => {
          told.push(error)
          await answer('error=access_denied&state=other')
        })
      },
    )
    expect(told).toMatchObject([{ problem: { code: 'authorization-response-invalid' } }])
    expect(run.problem?.code).toBe('state-mismatch')
  })

  it('cancels', async () => {
    const { run } = await test.run(
      { operation: 'authorization-code', parameters: playground.signIn({ agent: 'paste' }) },
      (event, runId) => {
        if (event.type === 'wait.started') void test.engine.cancelRun({ runId })
      },
    )
    expect(run.outcome).toBe('cancelled')
    expect(run.waits[0]?.outcome).toBe('cancelled')
    expect(exitCodeOf(run.problem)).toBe(130)
  })
})

describe('a held run', () => {
  it('sends nothing before it is resumed', async () => {
    let reached = 0
    const server = await startHttpServer((request, response) => {
      response.setHeader('content-type', 'application/json')
      if (request.method === 'POST') {
        reached++
        response.end('{"access_token":"abcdefgh12345678","token_type":"Bearer"}')
      } else response.end(JSON.stringify({ issuer: server.origin, token_endpoint: `${server.origin}/token` }))
    })
    const seen: number[] = []
    const { run } = await test.run(
      {
        operation: 'client-credentials',
        parameters: { issuer: server.origin, client_id: 'c', client_secret: 'secret-12345678' },
        holdBefore: ['token'],
      },
      (event, runId) => {
        if (event.type !== 'exchange.held') return
        seen.push(reached)
        void test.engine.resumeRun({ runId })
      },
    )
    await server.close()
    expect(seen).toEqual([0])
    expect(reached).toBe(1)
    expect(run.outcome).toBe('succeeded')
  })

  it('can be cancelled while held', async () => {
    const { run } = await test.run(
      { operation: 'discover', parameters: { issuer: playground.issuer }, holdBefore: ['*'] },
      (event, runId) => {
        if (event.type === 'exchange.held') void test.engine.cancelRun({ runId })
      },
    )
    expect(run.outcome).toBe('cancelled')
  })
})
