import type { ParameterValues } from '../../src/contract/description.ts'
import { ownExchangesOf, type Run } from '../../src/contract/run.ts'
import type { EnginePorts } from '../../src/core/index.ts'
import { createTestEngine, createTestPlayground } from './test-engine.ts'

export const minuteMs = 60_000

/** A playground and an engine whose clock can be put ahead of it, with short words for what tests of kept tokens do. */
export async function createTokenBench(change: Partial<EnginePorts> = {}) {
  const playground = await createTestPlayground()
  const time = { aheadMs: 0 }
  const test = await createTestEngine({
    playground: playground.port,
    clock: { now: () => Date.now() + time.aheadMs, monotonic: () => performance.now() },
    ...change,
  })
  const run = async (operation: string, parameters: ParameterValues = {}, profile: string | null = 'playground') =>
    (await test.run({ operation, parameters, ...(profile === null ? {} : { profile }) })).run
  const reveal = async (fingerprint: string) => (await test.engine.reveal({ fingerprint })).value
  return {
    playground,
    issuer: playground.issuer,
    engine: test.engine,
    /** how far the engine's clock is ahead */
    time,
    run,
    api: (path: string) => `${playground.issuer}/api/${path}`,
    signIn: (user: string, scope = 'openid profile email offline_access api:read') =>
      run('authorization-code', { agent: 'form', user, scope }),
    /** the client `confidential` gets a token for itself */
    clientToken: (scope = 'api:read') => run('client-credentials', { client_id: 'confidential', scope }),
    clear: () => test.engine.runCommand('tokens clear', {}),
    kept: () => test.engine.runCommand('tokens list', { profile: 'playground' }),
    /** ends the newest kept token of a kind at the playground; the engine is not told. @see RFC 7009 */
    async revoke(kind: 'access_token' | 'refresh_token', clientId = 'public') {
      const listed = await test.engine.runCommand('tokens list', { profile: 'playground' })
      const token = await reveal(listed.find((one) => one.kind === kind)!.fingerprint)
      const body = new URLSearchParams({ token, client_id: clientId })
      const answer = await fetch(`${playground.issuer}/token/revocation`, { method: 'POST', body })
      if (answer.status !== 200) throw new Error(`revocation answered ${answer.status}`)
    },
    reveal,
    async close() {
      await test.close()
      await playground.close()
    },
  }
}

/** What `createTokenBench` makes. */
export type TokenBench = Awaited<ReturnType<typeof createTokenBench>>

/** The requests of a run as `token 200`. */
export const sent = (run: Run) =>
  ownExchangesOf(run).map(({ purpose, response }) => `${purpose} ${response?.status ?? 'failed'}`)

/** The steps of a run as `refresh succeeded`, those within another after it with a `>`. */
export const stepsOf = (run: Run) =>
  run.steps.map(({ name, outcome, parent }) => `${parent ? '> ' : ''}${name} ${outcome}`)

/** The decisions of a run on a subject. */
export const decisionsOn = (run: Run, subject: string) =>
  run.timeline.flatMap((entry) => (entry.kind === 'decision' && entry.subject === subject ? [entry] : []))
