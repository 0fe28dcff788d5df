import { expect, test } from 'vitest'
import { redirectUriWith } from './consents.ts'

test.each([
  ['http://127.0.0.1/cb', 'http://127.0.0.1/cb?code=a+b&state=s%26t'],
  ['http://127.0.0.1/cb?', 'http://127.0.0.1/cb?&code=a+b&state=s%26t'],
  ['http://127.0.0.1/cb?x=%7e', 'http://127.0.0.1/cb?x=%7e&code=a+b&state=s%26t'],
  ['com.example.app:/cb', 'com.example.app:/cb?code=a+b&state=s%26t'],
])('what was registered stays byte by byte: %s', (uri, expected) => {
  expect(redirectUriWith(uri, { code: 'a b', error: null, state: 's&t' })).toBe(expected)
})
