import { expect, it } from 'vitest'
import { clientTypeOf } from './client-type.ts'

it.each([
  [{}, 'confidential'],
  [{ client_type: 'public' }, 'public'],
  [{ token_endpoint_auth_method: 'none' }, 'public'],
  [{ token_endpoint_auth_method: 'private_key_jwt' }, 'confidential'],
  [{ client_type: 'public', token_endpoint_auth_method: 'none' }, 'public'],
])('%j is %s', (parameters, type) => {
  expect(clientTypeOf(parameters)).toBe(type)
})

it.each([
  { client_type: 'public', token_endpoint_auth_method: 'client_secret_post' },
  { client_type: 'confidential', token_endpoint_auth_method: 'none' },
])('%j is refused', (parameters) => {
  expect(() => clientTypeOf(parameters)).toThrow(/is not/)
})
