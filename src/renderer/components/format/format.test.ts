import { describe, expect, it } from 'vitest'
import { formatBytes, formatCount, formatDuration, formatSeconds } from './duration.ts'
import { formatClock, formatDistance, formatLocal } from './moment.ts'

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [0.42, '0.4 ms'],
    [107.4, '107 ms'],
    [999.6, '1.0 s'],
    [6100, '6.1 s'],
    [59_960, '1 m'],
    [592_000, '9 m 52 s'],
    [-5, '0 ms'],
  ])('formats %d ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

  it.each([
    [0, '0 s'],
    [52, '52 s'],
    [3600, '1 h'],
    [7500, '2 h 5 m'],
    [86_400 * 3 + 5, '3 d'],
    [86_400 * 2598, '7 y 41 d'],
  ])('formats %d seconds as %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text))
})

describe('sizes and counts', () => {
  it('uses the unit that reads best', () => {
    expect([812, 4300, 1_363_149].map(formatBytes)).toEqual(['812 B', '4.2 KB', '1.3 MB'])
  })
  it('puts the noun into the right number', () => {
    expect([0, 1, 1200].map((count) => formatCount(count, 'request'))).toEqual([
      '0 requests',
      '1 request',
      '1,200 requests',
    ])
  })
})

describe('moments', () => {
  const now = new Date(2026, 10, 20, 14, 2, 39).getTime()
  it('shows the clock, and the date of another day', () => {
    expect(formatClock(now + 592_000, now)).toBe('14:12:31')
    expect(formatClock(now + 86_400_000, now)).toBe('2026-11-21 14:02:39')
  })
  it('keeps the local zone with the whole date', () => {
    expect(formatLocal(now)).toMatch(/^2026-11-20T14:02:39[+-]\d\d:\d\d$/)
    expect(Date.parse(formatLocal(now))).toBe(now)
  })
  it('shows the distance', () => {
    expect(formatDistance(now + 592_000, now)).toBe('in 9 m 52 s')
    expect(formatDistance(now - 6000, now)).toBe('6 s ago')
    expect(formatDistance(now + 200, now)).toBe('now')
  })
})
