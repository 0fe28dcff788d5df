import { describe, expect, it } from 'vitest'
import { askedDelayOf } from './asked-delay.ts'

const now = Date.parse('2026-11-21T10:00:00Z')
const delay = (headers: Record<string, string>) => askedDelayOf(new Headers(headers), now)

describe('askedDelayOf', () => {
  it.each([
    [{ 'retry-after-ms': '150' }, 150],
    [{ 'retry-after': '2' }, 2_000],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after': 'Sat, 21 Nov 2026 10:00:05 GMT' }, 5_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'x-ratelimit-reset': '7' }, 7_000],
    [{ 'ratelimit-reset': '8' }, 8_000],
    [{ 'x-ratelimit-reset': String(now / 1000 + 9) }, 9_000],
  ])('reads %j', (headers, expected) => {
    expect(delay(headers)).toBe(expected)
  })

  it('takes the finest that can be read', () => {
    expect(delay({ 'retry-after-ms': '5', 'retry-after': '60', 'x-ratelimit-reset': '90' })).toBe(5)
    expect(delay({ 'retry-after': 'soon', 'x-ratelimit-reset': '90' })).toBe(90_000)
  })

  it.each<Record<string, string>>([
    {},
    { 'retry-after': '-5' },
    { 'retry-after': '' },
    { 'retry-after': '1e9' },
    { 'ratelimit-reset': '5, 5' },
  ])('knows nothing of %j', (headers) => {
    expect(delay(headers)).toBeUndefined()
  })
})
