import { expect, test } from 'vitest'
import { clientRecordOf, isoOfSeconds } from './client-record-of.ts'

test('a client in the words of the specification, without its secrets', () => {
  const document = {
    client_id: 'c',
    client_name: 'A',
    client_secret: 's3cr3t',
    client_secret_expires_at: 1_800_000_000,
    client_id_issued_at: 1_700_000_000,
    registration_access_token: 't0k3n',
    registration_client_uri: 'https://as.test/c',
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code', 5],
    scope: '',
    'client_name#de': 'Ä',
  }
  const record = clientRecordOf(document)
  expect(record).toEqual({
    client_id: 'c',
    client_name: 'A',
    client_type: 'confidential',
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code'],
    scope: '',
    created_at: '2023-11-14T22:13:20.000Z',
    client_secret_expires_at: '2027-01-15T08:00:00.000Z',
    further: { registration_client_uri: 'https://as.test/c', 'client_name#de': 'Ä' },
  })
})

test('what a server did not say is absent, and values of the wrong kind are left out', () => {
  expect(clientRecordOf({ client_id: 'c', scope: 5, redirect_uris: 'x', token_endpoint_auth_method: 'none' })).toEqual({
    client_id: 'c',
    client_type: 'public',
    token_endpoint_auth_method: 'none',
    further: {},
  })
})

test.each([0, -5, 1e300, '5', null])('%j is no time', (seconds) => {
  expect(isoOfSeconds(seconds)).toBeUndefined()
})
