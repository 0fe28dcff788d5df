import { expect, test } from 'vitest'
import { isRegisteredRedirectUri } from './redirect-uri.ts'

const registered = ['http://127.0.0.1/cb', 'http://[::1]:8080/cb?a=b', 'https://app.example/cb', 'com.example.app:/cb']

test.each([
  'http://127.0.0.1/cb',
  'http://127.0.0.1:1/cb',
  'http://127.0.0.1:65535/cb',
  'http://[::1]/cb?a=b',
  'https://app.example/cb',
  'com.example.app:/cb',
])('%s is registered', (value) => expect(isRegisteredRedirectUri(value, registered)).toBe(true))

test.each([
  'http://localhost:1/cb',
  'http://127.0.0.1:1/cb?',
  'http://127.0.0.1:1/cb#x',
  'http://127.0.0.1:99999/cb',
  'http://127.0.0.1:1@evil.example/cb',
  'http://127.0.0.1:1/c\nb',
  'http:\\\\127.0.0.1:1/cb',
  'HTTP://127.0.0.1:1/cb',
  'https://127.0.0.1:1/cb',
  'https://app.example:8443/cb',
  'https://app.example/cb/',
  'com.example.app:/other',
])('%j is not', (value) => expect(isRegisteredRedirectUri(value, registered)).toBe(false))
