import { expect, test } from 'vitest'
import type { ParameterDescription } from '../../contract/description.ts'
import { createMasker } from '../http/masking/create-masker.ts'
import { maskParameters } from './mask-parameters.ts'

const one = (name: string, type: ParameterDescription['type']): ParameterDescription => ({
  name,
  type,
  title: name,
  hint: 'A thing.',
})
const descriptions = [one('request_headers', 'pairs'), one('body', 'multiline')]
const mask = (values: Record<string, never>) =>
  maskParameters(createMasker({ key: new Uint8Array(32) }), descriptions, values)

test('headers given by hand keep no credentials and no cookie', () => {
  const request_headers = [
    ['Cookie', 'sid=4f6a9b2c7d8e1f30aabb'],
    ['X-API-Key', 'kQ83hd72ndk29sk3'],
    ['Authorization', 'Basic YWxpY2U6c2VjcmV0LXBhc3M='],
    ['X-Trace', 'on'],
  ]
  const masked = JSON.stringify(mask({ request_headers } as never))
  for (const clear of ['4f6a9b2c7d8e1f30aabb', 'kQ83hd72ndk29sk3', 'YWxpY2U6c2VjcmV0LXBhc3M=']) {
    expect(masked).not.toContain(clear)
  }
  expect(masked).toContain('["X-Trace","on"]')
})

test('a body is masked like a body, and left out when it is long', () => {
  const masked = mask({ body: '{"client_secret": "kQ83hd72ndk29sk3", "a": 1}' } as never)
  expect(masked.body).toContain('"a": 1')
  expect(masked.body).not.toContain('kQ83hd72ndk29sk3')
  expect(mask({ body: 'x'.repeat(1025) } as never)).toEqual({})
})

test('one of the choices is no secret where its parameter is called as one, and anything else there is', () => {
  const authorization = { ...one('authorization', 'choice'), choices: [{ value: 'client', title: 'Client' }] }
  const masked = (value: string) =>
    maskParameters(createMasker({ key: new Uint8Array(32) }), [authorization], { authorization: value }).authorization
  expect(masked('client')).toBe('client')
  expect(masked('kQ83hd72ndk29sk3')).toMatch(/^●●●●/)
})
