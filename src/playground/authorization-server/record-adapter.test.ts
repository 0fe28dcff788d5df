import { expect, test } from 'vitest'
import { RecordAdapter, type Records } from './record-adapter.ts'
import { RecordStore } from './record-store.ts'

function newRecords(limit = 100): Records {
  return new RecordStore(limit)
}

test('records of different models do not meet', async () => {
  const records = newRecords()
  await new RecordAdapter('Session', records).upsert('id', { uid: 'u' }, 60)
  expect(await new RecordAdapter('Grant', records).find('id')).toBeUndefined()
  expect(await new RecordAdapter('Session', records).findByUid('u')).toEqual({ uid: 'u' })
  expect(await new RecordAdapter('Grant', records).findByUid('u')).toBeUndefined()
})

test('revoking a grant ends the tokens of that model and grant only', async () => {
  const records = newRecords()
  const refresh = new RecordAdapter('RefreshToken', records)
  const access = new RecordAdapter('AccessToken', records)
  await refresh.upsert('a', { grantId: 'g1' }, 60)
  await refresh.upsert('b', { grantId: 'g1' }, 60)
  await refresh.upsert('c', { grantId: 'g2' }, 60)
  await access.upsert('d', { grantId: 'g1' }, 60)
  await refresh.revokeByGrantId('g1')
  expect(await refresh.find('a')).toBeUndefined()
  expect(await refresh.find('b')).toBeUndefined()
  expect(await refresh.find('c')).toBeDefined()
  expect(await access.find('d')).toBeDefined()
})

test('consume marks the record and keeps it', async () => {
  const adapter = new RecordAdapter('AuthorizationCode', newRecords())
  await adapter.upsert('code', {}, 60)
  await adapter.consume('code')
  await adapter.consume('unknown')
  expect((await adapter.find('code'))?.consumed).toBeTypeOf('number')
})

test('a full store answers temporarily_unavailable with status 503 and says what to do', async () => {
  const adapter = new RecordAdapter('Session', newRecords(1))
  await adapter.upsert('a', {}, 60)
  await expect(adapter.upsert('b', {}, 60)).rejects.toMatchObject({
    error: 'temporarily_unavailable',
    statusCode: 503,
    error_description: expect.stringContaining('Stop and start it') as string,
  })
})

test('there is an end to registering clients, and one that is there can still be updated', async () => {
  const adapter = new RecordAdapter('Client', newRecords(100_000))
  for (let count = 0; count < 20_000; count += 1) await adapter.upsert(`c${count}`, { client_id: `c${count}` })
  const refused = adapter.upsert('one more', { client_id: 'one more' })
  await expect(refused).rejects.toMatchObject({ error: 'temporarily_unavailable', statusCode: 503 })
  await expect(adapter.upsert('c7', { client_id: 'c7', client_name: 'new' })).resolves.toBeUndefined()
  await adapter.destroy('c7')
  await expect(adapter.upsert('one more', { client_id: 'one more' })).resolves.toBeUndefined()
})
