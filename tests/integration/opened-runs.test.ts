import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findingsOf } from '../../src/contract/rules/index.ts'
import { runOf } from '../../src/contract/run.ts'
import { personalKinds, type PersonalKind } from '../../src/contract/sharing.ts'
import { problemOf, recordRuns, type RecordedRuns } from '../support/recorded-runs.ts'

const everyKind = Object.keys(personalKinds) as PersonalKind[]
let recorded: RecordedRuns

beforeAll(async () => {
  recorded = await recordRuns()
})
afterAll(() => recorded.close())

/** Masks differ from file to file. */
const withoutMarks = (value: unknown) =>
  JSON.stringify(value).replaceAll(/[0-9a-f]{32}|●●●●(?: #[0-9a-f]+)?|‹[a-z_]+ #[0-9a-f]+›/g, '●')

describe('a capsule that is opened', () => {
  const open = async (include: PersonalKind[]) => {
    const { html = '' } = await recorded.own.engine.runCommand('capsule make', {
      run_ids: recorded.ids,
      include,
      note: 'from me',
    })
    const { runIds } = await recorded.own.engine.runCommand('capsule open', { text: html, name: 'C:\\folder/a.html' })
    return runIds
  }

  it('is the same runs with the same findings', async () => {
    const opened = await open(everyKind)
    for (const [index, runId] of opened.entries()) {
      const run = runOf(runId, await recorded.eventsOf(runId))
      const { origin, id: _id, lastSeq: _seq, ...rest } = run
      expect(origin).toMatchObject({ kind: 'capsule', name: 'a.html', note: 'from me' })
      const { id: _own, lastSeq: _ownSeq, ...before } = runOf('', await recorded.eventsOf(recorded.runs[index]!.id))
      expect(withoutMarks(findingsOf(run))).toBe(withoutMarks(findingsOf(recorded.runs[index]!)))
      expect(withoutMarks(rest.exchanges.map(({ purpose, state }) => [purpose, state]))).toBe(
        withoutMarks(before.exchanges.map(({ purpose, state }) => [purpose, state])),
      )
      expect(rest.outcome).toBe(before.outcome)
    }
  })

  it('finds the same with everything masked', async () => {
    const opened = await open([])
    for (const [index, runId] of opened.entries()) {
      const found = findingsOf(runOf(runId, await recorded.eventsOf(runId)))
      const place = ({ rule, evidence }: (typeof found)[number]) => [rule, evidence.map(({ label }) => label)]
      expect(found.map(place)).toEqual(findingsOf(recorded.runs[index]!).map(place))
    }
  })

  it('has its bodies, keys and nothing to reveal or to change', async () => {
    const [runId = ''] = await open([])
    const run = runOf(runId, await recorded.eventsOf(runId))
    const metadata = run.exchanges.find(({ response }) => (response?.body?.characters ?? 0) > 1024)!
    const { body } = metadata.response!
    const slice = await recorded.own.engine.readBody({ runId, body: body!.id, offset: 0, length: body!.characters })
    expect(JSON.parse(slice.text)).toMatchObject({ issuer: recorded.playground.issuer })
    const keys = run.exchanges.find(({ purpose }) => purpose === 'jwks')!
    expect(await recorded.own.engine.runCommand('keys find', { run_id: runId, exchange: keys.id })).toMatchObject({
      total: 2,
    })
    expect(await problemOf(recorded.own.engine.reveal({ fingerprint: run.tokens[0]!.fingerprint }))).toMatchObject({
      code: 'token-missing',
      detail: expect.stringContaining('no value behind it'),
    })
    for (const work of [
      recorded.own.engine.cancelRun({ runId }),
      recorded.own.engine.resumeRun({ runId }),
      recorded.own.engine.runCommand('history pin', { run_id: runId }),
      recorded.own.engine.runCommand('history note', { run_id: runId, note: 'x' }),
      recorded.own.engine.runCommand('history delete', { run_ids: [runId] }),
    ]) {
      expect(await problemOf(work)).toMatchObject({ code: 'run-read-only' })
    }
    const listed = await recorded.own.engine.runCommand('history list', {})
    expect(listed.map((one) => one.runId)).not.toContain(runId)
    // It can be handed on once more.
    const { contents } = await recorded.own.engine.runCommand('capsule preview', { run_ids: [runId] })
    expect(contents.runs).toHaveLength(1)
  })
})

it('a HAR that was made here can be opened, and tells nothing of what is masked in it', async () => {
  const { text = '' } = await recorded.own.engine.runCommand('har make', { run_ids: recorded.ids.slice(0, 1) })
  const { runIds, problems } = await recorded.own.engine.runCommand('har open', { text, name: 'a.har' })
  expect(problems).toEqual([])
  const run = runOf(runIds[0]!, await recorded.eventsOf(runIds[0]!))
  expect(run.origin).toMatchObject({ kind: 'har', name: 'a.har' })
  expect(run.exchanges.some(({ purpose }) => purpose === 'token')).toBe(true)
  expect(run.tokens).toEqual([])
  expect(await problemOf(recorded.own.engine.cancelRun({ runId: run.id }))).toMatchObject({ code: 'run-read-only' })
})
