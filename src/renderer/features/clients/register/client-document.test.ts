import { expect, it } from 'vitest'
import type { ParameterDescription } from '../../../../contract/description.ts'
import { metadataFieldsOf, parametersOf, unsendableIn, withMember } from './client-document.ts'

const parameter = (name: string, type: ParameterDescription['type'], more: Partial<ParameterDescription> = {}) =>
  ({ name, title: name, type, hint: '', ...more }) satisfies ParameterDescription
const further = parameter('further_metadata', 'multiline', { json: 'object' })
const known = [
  parameter('issuer', 'url', { inProfile: true }),
  parameter('preset', 'choice'),
  parameter('client_name', 'text'),
  parameter('redirect_uris', 'list'),
  parameter('scope', 'words'),
  parameter('default_max_age', 'integer'),
  parameter('client_jwks', 'multiline', { json: 'object' }),
  parameter('bearer', 'secret'),
  parameter('timeout_seconds', 'integer', { group: 'connection' }),
]

it('takes for members what belongs to the client alone, under their names on the wire', () => {
  expect(metadataFieldsOf([...known, further]).map(({ member }) => member)).toEqual([
    'client_name',
    'redirect_uris',
    'scope',
    'default_max_age',
    'jwks',
  ])
})

it('gives each member to its parameter and keeps the rest as it is', () => {
  const document = {
    client_name: 'A',
    redirect_uris: ['http://127.0.0.1/callback'],
    jwks: { keys: [] },
    default_max_age: '60',
    x_own: { deep: [1, null] },
    scope: '',
  }
  expect(parametersOf(document, [...known, further])).toEqual({
    client_name: 'A',
    redirect_uris: ['http://127.0.0.1/callback'],
    client_jwks: '{"keys":[]}',
    further_metadata: '{"default_max_age":"60","x_own":{"deep":[1,null]},"scope":""}',
  })
})

it('sends nothing empty where there is no room for it', () => {
  expect(parametersOf({ client_name: 'A', redirect_uris: [] }, known)).toEqual({ client_name: 'A' })
})

it('says what cannot be sent where there is no room for other members', () => {
  const document = { client_name: 'A', x_own: 1, scope: ['a'], redirect_uris: [] }
  const fields = metadataFieldsOf(known)
  expect(unsendableIn(document, fields, { hasRoom: false })).toEqual(['x_own', 'scope'])
  expect(unsendableIn(document, fields, { hasRoom: true })).toEqual([])
})

it('changes a member where it stands and takes an empty one away', () => {
  expect(Object.keys(withMember({ a: 1, b: 2 }, 'a', 3))).toEqual(['a', 'b'])
  expect(withMember({ a: 1, b: 2 }, 'a', [])).toEqual({ b: 2 })
  expect(withMember({ a: 1 }, 'c', false)).toEqual({ a: 1, c: false })
})
