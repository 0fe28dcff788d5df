import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { RunEventBody } from '../../contract/events.ts'
import { problemOf } from '../../contract/problem.ts'
import { createFakeEngine, type FakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useDiscovery } from './discovery.ts'

const kept = new Map<string, string>()
let engine: FakeEngine
let discovery: ReturnType<typeof useDiscovery>

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  })
  engine = createFakeEngine()
  discovery = storesOver(engine)(useDiscovery)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const started = () => engine.calls.filter(({ method }) => method === 'startRun').map(({ input }) => input)
const isStarted = (count: number) => expect.poll(() => started().length).toBe(count)
const found = (issuer: string, kind?: 'protected-resource'): RunEventBody[] => [
  { type: 'metadata.received', exchange: 'e1', location: issuer, issuer, document: {}, ...(kind ? { kind } : {}) },
  { type: 'run.finished', outcome: 'succeeded' },
]
const nothing = (): RunEventBody[] => [
  { type: 'run.finished', outcome: 'failed', problem: problemOf('metadata-not-found', 'Nothing is there.') },
]

it('reads what was pasted, asks the server and remembers its issuer alone', async () => {
  discovery.text = ' https://login.acme.test '
  const asking = discovery.discover()
  await isStarted(1)
  expect(discovery.isBusy).toBe(true)
  engine.append('run-1', found('https://login.acme.test'))
  await asking
  expect(started()).toEqual([{ operation: 'discover', parameters: { issuer: 'https://login.acme.test' } }])
  expect(discovery.run?.metadata).toHaveLength(1)
  expect([discovery.isBusy, discovery.isResource]).toEqual([false, false])
  expect(discovery.recent).toEqual([{ kind: 'server', address: 'https://login.acme.test' }])
  const again = storesOver(createFakeEngine())(useDiscovery)
  expect(again.recent).toEqual(discovery.recent)
})

it('asks for an API where no server is', async () => {
  const asking = discovery.open('https://api.acme.test/mcp')
  await isStarted(1)
  engine.append('run-1', nothing())
  await isStarted(2)
  engine.append('run-2', found('https://api.acme.test/mcp', 'protected-resource'))
  await asking
  expect(started()[1]).toEqual({
    operation: 'discover-resource',
    parameters: { resource_url: 'https://api.acme.test/mcp' },
  })
  expect([discovery.run?.id, discovery.isResource]).toEqual(['run-2', true])
  expect(discovery.recent[0]?.kind).toBe('resource')
  discovery.text = 'https://login.acme.test'
  expect(discovery.isResource).toBe(false)
})

it('shows the first answer when neither is there', async () => {
  const asking = discovery.open('https://nobody.acme.test')
  await isStarted(1)
  engine.append('run-1', nothing())
  await isStarted(2)
  engine.append('run-2', nothing())
  await asking
  expect(discovery.run).toMatchObject({ id: 'run-1', problem: { code: 'metadata-not-found' } })
  expect(discovery.recent).toEqual([])
})

it('a later question takes the place of the one under way, which is cancelled', async () => {
  const first = discovery.open('https://slow.acme.test')
  await isStarted(1)
  const second = discovery.open('https://api.acme.test', 'resource')
  await isStarted(2)
  engine.append('run-2', found('https://api.acme.test', 'protected-resource'))
  await Promise.all([first, second])
  expect(engine.calls).toContainEqual({ method: 'cancelRun', input: { runId: 'run-1' } })
  expect(discovery.run?.id).toBe('run-2')
  discovery.clear()
  expect([discovery.run, discovery.text]).toEqual([undefined, ''])
})

it('takes nothing but web addresses from what was kept', () => {
  kept.set('grantlab.discovered', JSON.stringify([{ kind: 'server', address: 'javascript:alert(1)' }, 7, null]))
  expect(storesOver(createFakeEngine())(useDiscovery).recent).toEqual([])
  kept.set('grantlab.discovered', '{"half')
  expect(storesOver(createFakeEngine())(useDiscovery).recent).toEqual([])
})
