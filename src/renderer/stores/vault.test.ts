import { beforeEach, expect, it } from 'vitest'
import { createFakeEngine, type FakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { toProblem } from './problem-of.ts'
import { useVault } from './vault.ts'

let engine: FakeEngine
let vault: ReturnType<typeof useVault>
beforeEach(() => {
  engine = createFakeEngine()
  vault = storesOver(engine)(useVault)
})
const calls = (id: string) => engine.calls.filter(({ method }) => method === `command ${id}`)

it('moves, locks and opens again; profiles are then read anew, since their secrets can be found or not', async () => {
  await vault.load()
  expect(vault.facts).toMatchObject({ state: 'ready', store: 'keychain' })
  await vault.use('passphrase', 'open sesame')
  await vault.lock()
  expect(vault.isLocked).toBe(true)
  await vault.unlock('open sesame')
  expect(vault.isLocked).toBe(false)
  expect(calls('vault unlock').at(-1)?.input).toEqual({ passphrase: 'open sesame' })
  expect(calls('profiles list')).toHaveLength(3)
})

it('stays locked with a wrong passphrase and says why to whoever asked', async () => {
  await vault.use('passphrase', 'open sesame')
  await vault.lock()
  const problem = await vault.unlock('wrong').catch(toProblem)
  expect(problem).toMatchObject({ code: 'passphrase-wrong' })
  expect(vault.isLocked).toBe(true)
  expect(vault.problem).toBeUndefined()
})

it('asks the keychain without a passphrase', async () => {
  await vault.lock()
  await vault.unlock()
  expect(calls('vault unlock').at(-1)?.input).toEqual({})
})
