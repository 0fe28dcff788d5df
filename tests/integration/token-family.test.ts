import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FamilyGraph } from '../../src/contract/bench/family.ts'
import { findingsOf } from '../../src/contract/rules/index.ts'
import { createTokenBench, decisionsOn, minuteMs, sent, type TokenBench } from '../support/kept-tokens.ts'
import { createTestEngine, type TestEngine } from '../support/test-engine.ts'

let bench: TokenBench
beforeAll(async () => {
  bench = await createTokenBench()
})
afterAll(() => bench.close())
beforeEach(async () => {
  bench.time.aheadMs = 0
  await bench.clear()
})

const familyOf = async () => (await bench.kept())[0]!.family
const graphOf = async (family: string): Promise<FamilyGraph> => bench.engine.runCommand('tokens family', { family })
const lifeIn = (graph: FamilyGraph) => Object.fromEntries(graph.nodes.map(({ id, life }) => [id, life]))

describe('the graph of a grant', () => {
  it('goes from the code to the newest refresh, and says which run made what', async () => {
    const signIn = await bench.signIn('alice')
    const family = await familyOf()
    const refreshed = await bench.run('refresh', { family })
    const graph = await graphOf(family.slice(0, 8))
    expect(graph).toMatchObject({
      family,
      profile: 'playground',
      issuer: bench.issuer,
      client_id: 'public',
      user: 'alice',
    })
    expect(lifeIn(graph)).toEqual({
      code: 'replaced',
      '1-access_token': 'alive',
      '1-id_token': 'alive',
      '1-refresh_token': 'replaced',
      '2-access_token': 'alive',
      '2-id_token': 'alive',
      '2-refresh_token': 'alive',
    })
    for (const { generation, runId } of graph.nodes) expect(runId).toBe(generation === 2 ? refreshed.id : signIn.id)
    const newest = graph.edges.filter(({ to }) => to === '2-access_token')
    expect(newest).toMatchObject([{ from: '1-refresh_token', by: 'refresh', runId: refreshed.id }])
    const code = graph.nodes[0]!
    expect(await bench.reveal(code.fingerprint!)).toMatch(/^[\w-]{20,}$/)
    expect(code.receivedAt).toBeDefined()
    const old = graph.nodes.find(({ id }) => id === '1-refresh_token')!
    expect(old.fingerprint).toBe(signIn.tokens.find(({ kind }) => kind === 'refresh_token')?.fingerprint)
    expect(JSON.stringify(graph)).not.toContain(await bench.reveal(old.fingerprint!))
  })

  it('shows what a refresh lost, and what has ended since', async () => {
    await bench.signIn('alice')
    const family = await familyOf()
    await bench.run('refresh', { family, scope: 'openid' })
    const narrowed = (await graphOf(family)).edges.find(({ to }) => to === '2-access_token')
    expect(narrowed?.scopeLost).toEqual(expect.arrayContaining(['api:read', 'email', 'profile']))
    bench.time.aheadMs = 60 * minuteMs
    expect(lifeIn(await graphOf(family))).toMatchObject({
      '1-access_token': 'expired',
      '2-access_token': 'expired',
      '2-refresh_token': 'alive',
    })
  })

  it('says nothing of runs that history forgot, and nothing at all of a grant that is gone', async () => {
    await bench.signIn('alice')
    const family = await familyOf()
    // A run that just finished is under way until its file is closed.
    await expect
      .poll(async () => {
        await bench.engine.runCommand('history clear', {})
        return bench.engine.runCommand('history list', {})
      })
      .toEqual([])
    const graph = await graphOf(family)
    expect(graph.nodes.map(({ id }) => id)).toContain('code')
    for (const node of graph.nodes) expect(node).not.toHaveProperty('runId')
    await bench.engine.runCommand('tokens delete', { family })
    await expect(graphOf(family)).rejects.toMatchObject({ problem: { code: 'token-missing' } })
  })
})

describe('trying the old one', () => {
  it('is refused by a server that rotates; the run says that this is right, and the kept grant stays', async () => {
    await bench.signIn('alice')
    const family = await familyOf()
    await bench.run('refresh', { family })
    const before = await bench.kept()
    const run = await bench.run('refresh', { family, generation: 1 })
    expect(sent(run)).toEqual(['metadata 200', 'token 400'])
    expect([run.outcome, run.result]).toMatchObject(['succeeded', { generation: 1, accepted: false }])
    expect(JSON.stringify(run.result)).toMatch(/introspect.*Sign in again/)
    expect(decisionsOn(run, 'refresh token')).toMatchObject([
      { choice: expect.stringContaining('on purpose') as string },
    ])
    expect(decisionsOn(run, 'kept tokens')[0]?.reason).toContain('Many servers now revoke the whole grant')
    expect(run.proofs).toMatchObject([
      { name: 'refresh.reuseRefused', holds: true, facts: { generation: 1, newest: 2 } },
    ])
    expect(findingsOf(run).map(({ rule }) => rule)).not.toContain('refresh.reuse-accepted')
    expect(await bench.kept()).toEqual(before)
    expect(lifeIn(await graphOf(family))).toMatchObject({ '1-refresh_token': 'refused', '2-refresh_token': 'alive' })
    // The playground ended the whole grant: the next use finds out.
    const next = await bench.run('refresh', { family })
    expect(next.problem).toMatchObject({ oauth: { error: 'invalid_grant' } })
    const dead = await graphOf(family)
    expect(dead.isDead).toBe(true)
    expect(lifeIn(dead)).toMatchObject({ '2-refresh_token': 'refused', '2-access_token': 'unknown' })
  })

  it('wants an answer whose refresh token was replaced, of a kept grant of this profile', async () => {
    await bench.signIn('alice')
    const family = await familyOf()
    const problemOf = async (parameters: Record<string, string | number>) =>
      (await bench.run('refresh', parameters)).problem
    expect(await problemOf({ family, generation: 1 })).toMatchObject({ code: 'parameter-invalid' })
    await bench.run('refresh', { family })
    expect(await problemOf({ family, generation: 7 })).toMatchObject({
      code: 'parameter-invalid',
      detail: expect.stringContaining('these did: 1.') as string,
    })
    expect(await problemOf({ generation: 1 })).toMatchObject({ code: 'parameter-missing' })
    expect(await problemOf({ family, generation: 1, refresh_token: 'x' })).toMatchObject({ code: 'parameter-invalid' })
    expect(await problemOf({ family, generation: 1, client_id: 'confidential' })).toMatchObject({
      code: 'token-missing',
    })
    expect((await bench.kept())[0]?.dead).toBeUndefined()
  })
})

/** A server that gives a new refresh token each time and takes every old one. */
async function startForgetfulServer() {
  let count = 0
  const used: string[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      count++
      used.push(new URLSearchParams(body).get('refresh_token') ?? '')
      const tokens = {
        access_token: `at-${count}-long`,
        refresh_token: `rt-${count}-long`,
        token_type: 'Bearer',
        expires_in: 600,
      }
      response
        .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(tokens))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { used, server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

describe('trying the old one at a server that takes it', () => {
  let test: TestEngine
  let forgetful: Awaited<ReturnType<typeof startForgetfulServer>>
  beforeAll(async () => {
    test = await createTestEngine()
    forgetful = await startForgetfulServer()
  })
  afterAll(async () => {
    forgetful.server.close()
    await test.close()
  })

  it('is an error that is found, and the newer tokens stay kept', async () => {
    const { address, used } = forgetful
    const parameters = { issuer: address, client_id: 'app', metadata: 'by-hand', token_endpoint: `${address}/token` }
    const run = async (more: object) =>
      (await test.run({ operation: 'refresh', parameters: { ...parameters, ...more } })).run
    expect((await run({ refresh_token: 'rt-0-long' })).problem).toBeUndefined()
    const [{ family } = { family: '' }] = await test.engine.runCommand('tokens list', {})
    for (let count = 0; count < 2; count++) expect((await run({ family })).problem).toBeUndefined()
    const before = await test.engine.runCommand('tokens list', {})
    const tried = await run({ family, generation: 1 })
    expect(used).toEqual(['rt-0-long', 'rt-1-long', 'rt-2-long', 'rt-1-long'])
    expect(tried.result).toMatchObject({ accepted: true, answer: { hasRefreshToken: true } })
    const [found, ...others] = findingsOf(tried).filter(({ rule }) => rule === 'refresh.reuse-accepted')
    expect(others).toEqual([])
    expect(found).toMatchObject({ severity: 'error', evidence: [{ exchange: tried.exchanges.at(-1)?.id }] })
    expect(tried.tokens.map(({ kind }) => kind)).toEqual(['access_token', 'refresh_token'])
    expect(await test.engine.runCommand('tokens list', {})).toEqual(before)
    const graph = await test.engine.runCommand('tokens family', { family })
    expect(graph.nodes.find(({ id }) => id === '1-refresh_token')).toMatchObject({ life: 'alive', canBeTried: true })
    await run({ family })
    expect(used.at(-1)).toBe('rt-3-long')
  })
})
