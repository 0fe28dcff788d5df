import { describe, expect, it } from 'vitest'
import { watch } from 'vue'
import { createFakeEngine, type FakeEngineOptions } from '../dev/fake-engine.ts'
import { succeeded, waiting } from '../dev/recordings/authorization-code.ts'
import { many } from '../dev/recordings/form-agent.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useRuns } from './runs.ts'

function storeWith(options: FakeEngineOptions) {
  const engine = createFakeEngine(options)
  return { engine, runs: storesOver(engine)(useRuns) }
}

/** Resolves when the shown run is as wanted. */
function whenShown(runs: ReturnType<typeof useRuns>, wanted: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    watch(
      () => runs.current,
      () => wanted() && resolve(),
      { immediate: true, flush: 'sync' },
    )
  })
}

describe('starting', () => {
  it('shows the run at once and folds its events to the end', async () => {
    const { runs, engine } = storeWith({ play: (_input, recording) => succeeded(recording) })
    const runId = await runs.start({ operation: 'authorization-code', profile: 'playground', parameters: {} })
    expect(runs.current).toMatchObject({ id: 'run-1', outcome: 'running' })
    const run = await runs.follow(runId!)
    expect(run.outcome).toBe('succeeded')
    expect(runs.current).toBe(run)
    expect(run.tokens.map((token) => token.kind)).toEqual(['access_token', 'id_token', 'refresh_token'])
    expect(engine.calls.filter((call) => call.method === 'startRun')).toHaveLength(1)
  })

  it('keeps the words of a problem when it cannot start', async () => {
    const { runs, engine } = storeWith({})
    engine.startRun = () =>
      Promise.reject(
        Object.assign(new Error(), {
          data: { code: 'parameter-missing', title: 'A parameter is missing', detail: 'issuer' },
        }),
      )
    expect(await runs.start({ operation: 'discover', parameters: {} })).toBeUndefined()
    expect(runs.problem).toMatchObject({ code: 'parameter-missing', detail: 'issuer' })
    expect(runs.current).toBeUndefined()
  })

  it('remembers what the server offers, by profile and by issuer', async () => {
    const { runs } = storeWith({ play: (_input, recording) => succeeded(recording) })
    await runs.startAside({ operation: 'discover', parameters: {} })
    expect(runs.metadata.get('playground')?.scopes_supported).toContain('offline_access')
    expect(runs.metadata.get('http://127.0.0.1:7420')).toBe(runs.metadata.get('playground'))
    expect(runs.current).toBeUndefined()
  })
})

describe('following', () => {
  it('draws a burst of events once, not once per event', async () => {
    const { runs } = storeWith({ play: (_input, recording) => many(recording, 300) })
    let drawings = 0
    watch(
      () => runs.current,
      () => drawings++,
      { flush: 'sync' },
    )
    const runId = await runs.start({ operation: 'discover', parameters: {} })
    const run = await runs.follow(runId!)
    expect(run.exchanges).toHaveLength(300)
    expect(drawings).toBeLessThan(60)
  })

  it('takes a broken stream up again where it stood', async () => {
    const { runs, engine } = storeWith({ play: (_input, recording) => waiting(recording) })
    const runId = (await runs.start({ operation: 'authorization-code', parameters: {} }))!
    await whenShown(runs, () => runs.current?.waits.length === 1)
    engine.breakStreams()
    await expect(runs.follow(runId)).rejects.toThrow('the connection broke')
    engine.append(runId, [{ type: 'run.finished', outcome: 'failed' }])
    const run = await runs.follow(runId)
    expect(run.outcome).toBe('failed')
    expect(run.waits).toHaveLength(1)
  })
})

describe('a run that waits', () => {
  it('is answered and cancelled through the engine', async () => {
    const { runs, engine } = storeWith({ play: (_input, recording) => waiting(recording) })
    const runId = (await runs.start({ operation: 'authorization-code', parameters: {} }))!
    await whenShown(runs, () => runs.current?.waits.length === 1)
    await runs.answer({ runId, wait: '1', text: 'code=1', kind: 'response' })
    await runs.cancel(runId)
    expect((await runs.follow(runId)).outcome).toBe('cancelled')
    expect(engine.calls.map((call) => call.method)).toEqual([
      'startRun',
      'answerWait',
      'cancelRun',
      'command history list',
    ])
  })
})

it('does not go on showing a run that the engine does not know', async () => {
  const { runs } = storeWith({})
  await runs.show('gone')
  expect(runs.current).toBeUndefined()
  expect(runs.problem?.code).toBe('run-not-found')
})

it('keeps a problem of an answer apart from one of a start, and goes back to the list', async () => {
  const { runs, engine } = storeWith({ play: (_input, recording) => waiting(recording) })
  const runId = (await runs.start({ operation: 'authorization-code', parameters: {} }))!
  engine.answerWait = () => Promise.reject(new Error('rubbish'))
  await runs.answer({ runId, wait: '1', text: 'rubbish', kind: 'response' })
  expect([runs.answerProblem?.detail, runs.problem]).toEqual(['rubbish', undefined])
  runs.leave()
  expect(runs.current).toBeUndefined()
})
