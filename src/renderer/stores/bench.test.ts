import { describe, expect, it } from 'vitest'
import type { InspectedToken, Inspection } from '../../contract/bench/inspection.ts'
import type { Engine } from '../../contract/engine.ts'
import { problemOf } from '../../contract/problem.ts'
import { FakeProblemError } from '../dev/fake-problem-error.ts'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { mostShown, useBench } from './bench.ts'
import { useNotice } from './notice.ts'
import { usePlaces } from './places.ts'
import { useTakeIn } from './take-in.ts'

const token = (fingerprint: string): InspectedToken => ({
  fingerprint,
  label: '',
  form: 'jws',
  use: 'access_token',
  because: '',
  characters: 3,
  segments: [],
  header: [],
  claims: [],
  faults: [],
  notes: [],
})

/** Reads each word as a token, `har …` as a HAR, and refuses `!`. */
function engineThatReads(): Engine & { calls: unknown[] } {
  const fake = createFakeEngine()
  const runCommand = async (id: string, { text }: { text: string }): Promise<unknown> => {
    fake.calls.push({ method: id, input: text })
    if (text === '!') throw new FakeProblemError(problemOf('internal', 'It broke.'))
    if (id !== 'token inspect') throw new FakeProblemError(problemOf('capsule-invalid', 'It is none.'))
    const [first] = text.split(' ')
    const kind = first === 'har' || first === 'capsule' ? first : undefined
    const tokens = text
      .split(' ')
      .filter((word) => word !== kind && word !== 'nothing')
      .map(token)
    const recognised = kind ?? (tokens.length ? 'token' : 'nothing')
    return { recognised, read: 'Read.', tokens, members: [], problems: [] } satisfies Inspection
  }
  return { ...fake, runCommand: runCommand as Engine['runCommand'] }
}

describe('the bench', () => {
  const newBench = () => storesOver(engineThatReads())(useBench)
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join('')

  it('holds each token once, and shows the new ones beside those of before', async () => {
    const bench = newBench()
    await bench.take('a b')
    await bench.take('a c')
    expect([ids(bench.tokens), ids(bench.shown)]).toEqual(['bac', 'bac'])
    expect(bench.tokens.map(({ source }) => source)).toEqual([1, 2, 2])
  })

  it('shows a few at once: new ones take the place of those shown longest', async () => {
    const bench = newBench()
    await bench.take('a b c d e f')
    expect(ids(bench.shown)).toBe('abcd')
    bench.toggle('e')
    expect([ids(bench.shown), bench.shown.length]).toEqual(['bcde', mostShown])
    await bench.take('g')
    expect(ids(bench.shown)).toBe('cdeg')
  })

  it('always shows one while there is any', async () => {
    const bench = newBench()
    await bench.take('a b')
    bench.toggle('a')
    bench.toggle('b')
    expect(ids(bench.shown)).toBe('b')
    bench.remove('b')
    expect(ids(bench.shown)).toBe('a')
    bench.remove('a')
    expect(bench.tokens).toEqual([])
  })

  it('compares two until one of them goes', async () => {
    const bench = newBench()
    await bench.take('a b')
    bench.compare('a', 'b')
    expect(ids(bench.compared!)).toBe('ab')
    bench.remove('b')
    expect(bench.compared).toBeUndefined()
  })

  it('keeps the text of nothing but what can be opened as runs', async () => {
    const bench = newBench()
    await bench.take('a')
    expect(JSON.stringify(bench.last)).not.toContain('openable')
    await bench.take('har a', 'x.har')
    expect([bench.last?.openable, bench.last?.name]).toEqual(['har a', 'x.har'])
    bench.clear()
    expect(bench.last).toBeUndefined()
  })

  it('has words for what could not be read, and does not send what no message could carry', async () => {
    const engine = engineThatReads()
    const bench = storesOver(engine)(useBench)
    expect((await bench.take('!')).problems[0]?.detail).toBe('It broke.')
    const { calls } = engine
    const before = calls.length
    expect((await bench.take('x'.repeat(8 * 1024 * 1024))).problems[0]?.code).toBe('nothing-recognised')
    expect(calls.length).toBe(before)
  })
})

describe('what is pasted or dropped', () => {
  const newWindow = () => {
    const using = storesOver(engineThatReads())
    return { takeIn: using(useTakeIn), places: using(usePlaces), notice: using(useNotice), bench: using(useBench) }
  }

  it('takes a person to the bench when there is something to see', async () => {
    const { takeIn, places, notice } = newWindow()
    await takeIn.takeIn('nothing')
    expect([places.place, notice.text]).toEqual(['run', 'Nothing was read: Read.'])
    await takeIn.takeIn('a')
    expect(places.place).toBe('bench')
  })

  it('of a capsule that cannot be opened says so on the bench', async () => {
    const { takeIn, places, bench } = newWindow()
    await takeIn.takeIn('capsule')
    expect([places.place, bench.last?.problems[0]?.code]).toEqual(['bench', 'capsule-invalid'])
  })

  it('reads files one after the other, with their names', async () => {
    const { takeIn, bench } = newWindow()
    await takeIn.takeFiles([new File(['a'], '1.txt'), new File(['b'], '2.txt')])
    expect([bench.tokens.length, bench.last?.name]).toEqual([2, '2.txt'])
  })
})
