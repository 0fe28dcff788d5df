import { expect, test } from 'vitest'
import { distanceOf, durationOf, pointOf } from './human-time.ts'

test.each([
  [0, '0 s'],
  [0.4, '0 s'],
  [45, '45 s'],
  [60, '1 m'],
  [112, '1 m 52 s'],
  [3600, '1 h'],
  [6720, '1 h 52 m'],
  [90_061, '1 d 1 h'],
  [-112, '1 m 52 s'],
])('%d seconds are %s', (seconds, text) => {
  expect(distanceOf(seconds)).toBe(text)
})

test('points in time have a distance and a clock', () => {
  const now = new Date('2026-11-20T14:30:18Z')
  expect(pointOf(new Date('2026-11-20T14:32:10Z'), now)).toBe('in 1 m 52 s (2026-11-20 14:32:10Z)')
  expect(pointOf(new Date('2026-11-20T14:30:00Z'), now)).toBe('18 s ago (2026-11-20 14:30:00Z)')
  expect(pointOf(now, now)).toBe('now (2026-11-20 14:30:18Z)')
  expect(pointOf(new Date(Number.NaN), now)).toBe('no valid time')
  expect(pointOf(new Date(1e300), now)).toBe('no valid time')
})

test('durations have a unit', () => {
  expect([0.4, 12.3, 999.4, 1240, 125_000].map(durationOf)).toEqual(['0 ms', '12 ms', '999 ms', '1.24 s', '2 m 5 s'])
})
