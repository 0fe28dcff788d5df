import { expect, it } from 'vitest'
import { pathIdOf } from './path-id.ts'

it.each(['a/b', 'a?b', 'a#b', '../c', '%2e%2e', 'ä', '\u0000', ';', '@', '%'])('keeps %j one segment', (id) => {
  const url = new URL(`https://api.example.test/v2/clients/${pathIdOf(id, 'client_id')}`)
  const segments = url.pathname.split('/')
  expect(segments).toHaveLength(4)
  expect(decodeURIComponent(segments[3]!)).toBe(id)
  expect(url.search + url.hash).toBe('')
})

it.each(['', ' ', '.', '..', '\ud800'])('refuses %j', (id) => {
  expect(() => pathIdOf(id, 'client_id')).toThrow(/client_id/)
})
