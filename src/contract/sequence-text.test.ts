import { expect, it } from 'vitest'
import { pathOf } from './sequence-text.ts'

it.each([
  ['https://as.test/a/b?x=1#f', '/a/b?…'],
  ['https://as.test', '/'],
  ['/interaction/q1', '/interaction/q1'],
  ['com.example:/callback?code=1', 'com.example:/callback?…'],
])('reads the path of %s', (address, path) => expect(pathOf(address)).toBe(path))
