import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RecordStore, RecordStoreFullError } from './record-store.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

function put(store: RecordStore<string>, key: string, expiresInSeconds: number | undefined = 60): void {
  store.put({ key, payload: `payload of ${key}`, expiresInSeconds, groups: ['all'] })
}

test('a record is there until it expires', () => {
  const store = new RecordStore<string>(10)
  put(store, 'a', 60)
  vi.setSystemTime(Date.now() + 59_999)
  expect(store.get('a')).toBe('payload of a')
  vi.setSystemTime(Date.now() + 1)
  expect(store.get('a')).toBeUndefined()
  expect(store.size).toBe(0)
  expect(store.keysOf('all')).toEqual([])
})

test('expired records make room; a live one is never dropped and the newcomer is refused', () => {
  const store = new RecordStore<string>(3)
  put(store, 'short', 1)
  put(store, 'b')
  put(store, 'c')
  expect(() => put(store, 'd')).toThrow(RecordStoreFullError)
  expect(store.get('short')).toBe('payload of short')
  vi.setSystemTime(Date.now() + 1_000)
  put(store, 'd')
  expect(() => put(store, 'e')).toThrow('3 live records')
  expect(['b', 'c', 'd'].map((key) => store.get(key))).not.toContain(undefined)
  expect(store.get('e')).toBeUndefined()
})

test('a record can be replaced when the store is full', () => {
  const store = new RecordStore<string>(2)
  put(store, 'a')
  put(store, 'b')
  store.put({ key: 'a', payload: 'new', expiresInSeconds: 60, groups: ['other'] })
  expect(store.get('a')).toBe('new')
  expect(store.keysOf('all')).toEqual(['b'])
  expect(store.keysOf('other')).toEqual(['a'])
})

test('what expired goes by itself long before the store is full', () => {
  const store = new RecordStore<string>(1000)
  for (let index = 0; index < 40; index += 1) put(store, `short ${index}`, 1)
  vi.setSystemTime(Date.now() + 1_000)
  for (let index = 0; index < 60; index += 1) put(store, `long ${index}`, undefined)
  expect(store.size).toBe(60)
})

test('a deleted record leaves its groups', () => {
  const store = new RecordStore<string>(10)
  put(store, 'a')
  put(store, 'b')
  store.delete('a')
  store.delete('never there')
  expect(store.keysOf('all')).toEqual(['b'])
})
