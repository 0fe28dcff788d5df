import { expect, test } from 'vitest'
import { derivedUuid, telnyxInfo } from './telnyx-info.ts'

const state = { cookieKeys: ['the-key-of-one-playground'] }

test('the same state gives the same secrets on every port, another state gives others', () => {
  const { base_url, issuer, ...secrets } = telnyxInfo(state, 1)
  expect(issuer).toBe('http://127.0.0.1:1')
  expect(base_url).toBe('http://127.0.0.1:1/v2')
  expect(telnyxInfo(state, 2)).toMatchObject(secrets)
  const others = telnyxInfo({ cookieKeys: ['another'] }, 1)
  for (const name of ['api_key', 'client_id', 'machine_client_id', 'machine_client_secret'] as const) {
    expect(others[name]).not.toBe(secrets[name])
  }
})

test('the key looks like one of theirs, the client ids too, and no two are equal or show the state', () => {
  const info = telnyxInfo(state, 1)
  expect(info.api_key).toMatch(/^KEY[\w-]{43}$/)
  for (const id of [info.client_id, info.machine_client_id]) expect(id).toMatch(/^[\w-]{22}$/)
  expect(info.machine_client_secret).toMatch(/^[\w-]{43}$/)
  expect(new Set(Object.values(info)).size).toBe(Object.keys(info).length)
  expect(JSON.stringify(info)).not.toContain(state.cookieKeys[0])
})

test('an id of a thing is a UUID that stays', () => {
  expect(derivedUuid(state, 'a')).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  expect(derivedUuid(state, 'a')).toBe(derivedUuid(state, 'a'))
  expect(derivedUuid(state, 'a')).not.toBe(derivedUuid(state, 'b'))
})
