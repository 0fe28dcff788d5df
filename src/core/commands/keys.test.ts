import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../contract/json.ts'
import type { RunEvent } from '../../contract/events.ts'
import { createRecordedKeys } from '../history/recorded-keys.ts'
import { problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import type { CommandContext } from './command.ts'
import { keysCommands } from './keys.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const publicKey = pair.publicKey.export({ format: 'jwk' }) as JsonObject
const privateKey = pair.privateKey.export({ format: 'jwk' }) as JsonObject

/** A run whose exchange 1 brought this body. */
function recorded(body: string): { context: CommandContext; reads: () => number } {
  let reads = 0
  const answered = {
    seq: 1,
    type: 'exchange.answered',
    exchange: '1',
    response: { body: { id: 'b', kind: 'text', characters: body.length } },
  }
  const recordedKeys = createRecordedKeys({
    async *read() {
      reads++
      yield answered as unknown as RunEvent
    },
    readBody: async () => ({ text: body, characters: body.length }),
  })
  return { context: { recordedKeys } as unknown as CommandContext, reads: () => reads }
}

const keySet = { run_id: 'r', exchange: '1' }

test('a key of just this kid comes first, and the body is read once', async () => {
  const keys = [
    { ...publicKey, kid: 'a1' },
    { ...publicKey, kid: 'a' },
    { kty: 'oct', k: 'c2VjcmV0' },
  ]
  const { context, reads } = recorded(JSON.stringify({ keys }))
  const found = await keysCommands['keys find'].run(context, { ...keySet, text: 'a' })
  expect(found.keys.map(({ kid }) => kid)).toEqual(['a', 'a1'])
  expect(await keysCommands['keys find'].run(context, { ...keySet, text: 'p-256' })).toMatchObject({ total: 2 })
  expect(await keysCommands['keys find'].run(context, { ...keySet, text: 'none such' })).toEqual({ total: 0, keys: [] })
  expect(reads()).toBe(1)
})

test('a published private key gives a public PEM; a symmetric one gives none', async () => {
  const { context } = recorded(JSON.stringify({ keys: [privateKey, { kty: 'oct', k: 'c2VjcmV0' }, 'text'] }))
  const pem = pair.publicKey.export({ type: 'spki', format: 'pem' })
  const show = (index: number) => keysCommands['keys show'].run(context, { ...keySet, index })
  expect(await show(0)).toEqual({ jwk: privateKey, pem })
  expect((await show(1)).pem).toBeNull()
  expect((await show(2)).pem).toBeNull()
  expect(await problemOfWork(show(3))).toMatchObject({ code: 'parameter-invalid' })
})

test.each(['', '<html>', '[]', '{"keys": {}}'])('%j is no key set, and neither is another request', async (body) => {
  const { context } = recorded(body)
  const find = (exchange: string) => problemOfWork(keysCommands['keys find'].run(context, { ...keySet, exchange }))
  expect(await find('1')).toMatchObject({ code: 'parameter-invalid' })
  expect(await find('2')).toMatchObject({ code: 'parameter-invalid' })
})
