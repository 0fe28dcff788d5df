import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RateLimit } from './rate-limit.ts'

beforeEach(() => void vi.useFakeTimers({ now: 0, toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

test('allows so many within the window, then says how long to wait', () => {
  const limit = new RateLimit(2, 60)
  expect(limit.count('a').waitSeconds).toBe(0)
  vi.setSystemTime(20_000)
  expect(limit.count('a').waitSeconds).toBe(0)
  expect(limit.count('b').waitSeconds).toBe(0)
  vi.setSystemTime(20_500)
  expect(limit.count('a').waitSeconds).toBe(40)
  vi.setSystemTime(60_000)
  expect(limit.count('a').waitSeconds).toBe(0)
  expect(limit.count('a').waitSeconds).toBe(20)
})
