import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../contract/events.ts'
import { problemOf } from '../../contract/problem.ts'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { FakeProblemError } from '../dev/fake-problem-error.ts'
import { succeeded } from '../dev/recordings/authorization-code.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useOpenedRuns } from './opened-runs.ts'
import { usePlaces } from './places.ts'
import { useRuns } from './runs.ts'

/** A recorded run as it is in a file that was opened. */
function opened(runId: string): RunEvent[] {
  return succeeded({ runId, number: 7, startedAt: Date.now() - 60_000 }).map((event) =>
    event.type === 'run.started' ? { ...event, origin: { kind: 'capsule', name: 'a.html', madeAt: '' } } : event,
  )
}

function storeWith(answers: Record<string, () => unknown>) {
  const engine = createFakeEngine()
  const asked: { id: string; parameters: unknown }[] = []
  engine.runCommand = ((id: string, parameters: unknown) => {
    asked.push({ id, parameters })
    const answer = answers[id]
    return answer ? Promise.resolve().then(answer) : Promise.resolve([])
  }) as typeof engine.runCommand
  for (const runId of ['one', 'two']) engine.record(runId, opened(runId))
  const using = storesOver(engine)
  return { asked, engine, using, store: using(useOpenedRuns) }
}

describe('opening what others made', () => {
  it('takes a page for a capsule, shows its first run and knows the others', async () => {
    const { asked, using, store } = storeWith({ 'capsule open': () => ({ runIds: ['one', 'two'] }) })
    await store.openShared('\uFEFF \n<!doctype html>', 'a.html')
    expect(asked[0]).toEqual({
      id: 'capsule open',
      parameters: { text: '\uFEFF \n<!doctype html>', name: 'a.html' },
    })
    expect(using(useRuns).current).toMatchObject({ id: 'one', origin: { kind: 'capsule' } })
    expect(using(usePlaces).place).toBe('run')
    expect(store.fileOf('two')).toEqual({ name: 'a.html', runIds: ['one', 'two'], problems: [] })
  })

  it('takes anything else for a HAR, and keeps what could not be read of it', async () => {
    const problem = problemOf('file-invalid', 'Entry 3 has no request.')
    const { asked, store } = storeWith({ 'har open': () => ({ runIds: ['one'], problems: [problem] }) })
    await store.openShared('{"log":{}}')
    expect(asked[0]).toEqual({ id: 'har open', parameters: { text: '{"log":{}}' } })
    expect(store.fileOf('one')).toEqual({ name: '', runIds: ['one'], problems: [problem] })
  })

  it('rejects with the problem, and lists nothing', async () => {
    const { store } = storeWith({
      'capsule open': () => {
        throw new FakeProblemError(problemOf('capsule-invalid', 'It holds no data.'))
      },
    })
    await expect(store.openShared('<p>')).rejects.toThrow()
    expect(store.files).toEqual([])
  })

  it('teaches the forms here nothing of a server', async () => {
    const { using, store } = storeWith({ 'capsule open': () => ({ runIds: ['one'] }) })
    await store.openShared('<!doctype html>')
    const runs = using(useRuns)
    await runs.follow('one')
    expect(runs.current?.metadata).not.toEqual([])
    expect(runs.metadata.size).toBe(0)
  })
})
