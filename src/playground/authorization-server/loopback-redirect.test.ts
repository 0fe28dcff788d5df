import { expect, test } from 'vitest'
import { isLoopbackRedirectUri } from './loopback-redirect.ts'

test.each(['http://127.0.0.1/', 'http://127.0.0.1:8765/callback?a=b', 'http://localhost:1', 'http://[::1]:9/x'])(
  'accepts %s',
  (uri) => expect(isLoopbackRedirectUri(uri)).toBe(true),
)

test.each([
  'https://127.0.0.1/',
  'http://127.0.0.2/',
  'http://10.0.0.1/',
  'http://localhost.attacker.example/',
  'http://127.0.0.1@attacker.example/',
  'http://user@127.0.0.1/',
  'http://127.0.0.1/#fragment',
  'http://127.0.0.1/#',
  'http://[::ffff:127.0.0.1]/',
  'javascript:alert(1)//http://localhost',
  'callback',
  '',
])('refuses %s', (uri) => expect(isLoopbackRedirectUri(uri)).toBe(false))
