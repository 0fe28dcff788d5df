import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runOf } from '../../src/contract/run.ts'
import { createEngine } from '../../src/core/index.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let playground: TestPlayground
let test: TestEngine

beforeEach(async () => {
  playground = await createTestPlayground()
  test = await createTestEngine({ playground: playground.port })
})
afterEach(async () => {
  await test.close()
  await playground.close()
})

const historyFiles = async () => readdir(join(test.ports.dataFolder, 'history'))
const runFiles = async () => (await historyFiles()).filter((name) => name.endsWith('.jsonl'))

describe('the engine', () => {
  it('gives a reopened run exactly what the live one gave', async () => {
    const { run, events } = await test.run({ operation: 'authorization-code', parameters: playground.signIn() })
    await test.engine.close()
    const later = await createEngine(test.ports)
    const reread = []
    for await (const event of later.runEvents({ runId: run.id })) reread.push(event)
    expect(reread).toEqual(events)
    expect(runOf(run.id, reread)).toEqual(run)
    const body = run.exchanges[0]!.response!.body!
    expect(body.inline).toBeUndefined()
    const slice = await later.readBody({ runId: run.id, body: body.id, offset: 2, length: 20 })
    expect(slice.characters).toBe(body.characters)
    expect(slice.text).toHaveLength(20)
    await later.close()
  })

  it('keeps a list or a read in history only when it fails', async () => {
    await test.run({ operation: 'discover', parameters: { issuer: playground.issuer } })
    await test.run({ operation: 'discover', parameters: { issuer: 'http://127.0.0.1:9' } })
    await test.engine.close()
    expect(await runFiles()).toHaveLength(1)
    const later = await createEngine(test.ports)
    expect((await later.runCommand('history list', {})).map(({ outcome }) => outcome)).toEqual(['failed'])
    await later.close()
  })

  it('counts runs over sessions', async () => {
    const first = await test.run({ operation: 'discover', parameters: { issuer: playground.issuer } })
    await test.engine.close()
    const later = await createEngine(test.ports)
    const { runId } = await later.startRun({ operation: 'discover', parameters: { issuer: playground.issuer } })
    for await (const event of later.runEvents({ runId })) {
      if (event.type === 'run.started') expect(event.number).toBe(first.run.number + 1)
    }
    await later.close()
  })

  it('reveals a token of this session, and says that it cannot after a restart', async () => {
    const { run } = await test.run({ operation: 'authorization-code', parameters: playground.signIn() })
    const { fingerprint, length } = run.tokens[0]!
    expect((await test.engine.reveal({ fingerprint })).value).toHaveLength(length)
    const listed = await test.engine.runCommand('tokens list', {})
    expect(listed.map((token) => token.fingerprint)).toContain(fingerprint)
    await test.engine.close()
    const later = await createEngine(test.ports)
    await expect(later.reveal({ fingerprint })).rejects.toMatchObject({ problem: { code: 'token-missing' } })
    await later.close()
  })

  it('names an unknown operation, profile, run and command', async () => {
    const start = (input: object) => test.engine.startRun({ operation: 'discover', parameters: {}, ...input })
    await expect(start({ operation: 'nope' })).rejects.toMatchObject({ problem: { code: 'unknown-operation' } })
    await expect(start({ profile: 'nope' })).rejects.toMatchObject({ problem: { code: 'profile-not-found' } })
    await expect(test.engine.cancelRun({ runId: 'nope' })).rejects.toMatchObject({ problem: { code: 'run-not-found' } })
    const command = test.engine.runCommand('nope' as 'profiles list', {})
    await expect(command).rejects.toMatchObject({ problem: { code: 'unknown-operation' } })
  })

  it('lets an empty value given by hand take the value of a profile away', async () => {
    const start = async (scope?: string) => {
      const parameters = { agent: 'form', state: 'none', ...(scope === undefined ? {} : { scope }) }
      return (await test.run({ operation: 'authorization-code', profile: 'playground', parameters })).run
    }
    expect((await start()).parameters.scope).toContain('openid')
    expect((await start('')).parameters).not.toHaveProperty('scope')
  })

  it('signs in on a second home after one secret was entered there', async () => {
    await test.engine.runCommand('profiles save', {
      name: 'acme',
      values: {
        issuer: playground.issuer,
        client_id: 'confidential',
        client_secret: { secret: 'acme_client' },
        scope: 'api:read',
      },
    })
    const start = (more: TestEngine) => more.run({ operation: 'client-credentials', profile: 'acme', parameters: {} })
    await expect(start(test)).rejects.toMatchObject({ problem: { code: 'secret-missing' } })
    const second = await createTestEngine({ workspaceFolder: test.ports.workspaceFolder! })
    await second.engine.runCommand('secret set', { name: 'acme_client', value: playground.secretOf('confidential') })
    const { run } = await start(second)
    expect(run.outcome).toBe('succeeded')
    expect(run.profile).toBe('acme')
    await second.close()
  })
})
