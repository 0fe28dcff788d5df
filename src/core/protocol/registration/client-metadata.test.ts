import { expect, test } from 'vitest'
import { clientPresets, presetValues, withPreset } from '../../../contract/presets.ts'
import { clientMetadataParameters } from '../../operations/client-metadata-parameters.ts'
import { furtherClientMetadataParameters } from '../../operations/further-client-metadata-parameters.ts'
import { clientMetadataOf, knownMembers, parameterOf } from './client-metadata.ts'
import { changedMetadata } from './update-registration.ts'

test('what is not given is not sent, and what is given by hand as JSON wins', () => {
  expect(clientMetadataOf({ issuer: 'https://a.test', client_name: 'A' })).toEqual({ client_name: 'A' })
  const further_metadata = '{"client_name#de":"Ä","client_name":"B"}'
  expect(clientMetadataOf({ client_name: 'A', further_metadata })).toEqual({ client_name: 'B', 'client_name#de': 'Ä' })
})

test('the keys of the client are sent under their own names, those of the server are not', () => {
  const parameters = {
    jwks_uri: 'https://as.test/jwks',
    client_jwks_uri: 'https://c.test/jwks',
    client_jwks: '{"keys":[]}',
  }
  expect(clientMetadataOf(parameters)).toEqual({ jwks_uri: 'https://c.test/jwks', jwks: { keys: [] } })
  expect(parameterOf('jwks')).toBe('client_jwks')
})

test.each(['[1]', 'x', '5', '{'])('%s is no JSON object', (further_metadata) => {
  expect(() => clientMetadataOf({ further_metadata })).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({
        code: 'parameter-invalid',
        fields: [{ name: 'further_metadata', detail: expect.any(String) }],
      }),
    }),
  )
})

test('every parameter that describes a client is a member, and every member has a parameter', () => {
  const described = [...clientMetadataParameters, ...furtherClientMetadataParameters]
    .map(({ name }) => name)
    .filter((name) => name !== 'further_metadata')
  expect(described.toSorted()).toEqual(knownMembers().map(parameterOf).toSorted())
})

test('what is given by hand wins over the preset, and a preset has values of known parameters only', () => {
  expect(withPreset({ preset: 'machine', grant_types: ['password'] })).toMatchObject({
    grant_types: ['password'],
    token_endpoint_auth_method: 'client_secret_basic',
  })
  expect(presetValues('constructor')).toEqual({})
  for (const { values } of clientPresets) expect(knownMembers()).toEqual(expect.arrayContaining(Object.keys(values)))
})

test('a change leaves the rest, takes away what is empty and carries nothing that only the server says', () => {
  const registered = {
    client_id: 'c',
    client_secret: 's',
    client_name: 'A',
    contacts: ['a@b.test'],
    response_types: [],
    registration_access_token: 't',
    registration_client_uri: 'u',
    client_secret_expires_at: 0,
    client_id_issued_at: 1,
  }
  expect(
    changedMetadata(registered, { client_name: 'B', contacts: [], require_auth_time: false, client_secret: 'own' }),
  ).toEqual({
    client_id: 'c',
    client_secret: 's',
    client_name: 'B',
    response_types: [],
    require_auth_time: false,
  })
})
