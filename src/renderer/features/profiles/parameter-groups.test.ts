import { expect, it } from 'vitest'
import type { OperationDescription, ParameterDescription } from '../../../contract/description.ts'
import { groupParameters, profileParametersOf } from './parameter-groups.ts'
import { profileWords } from './profile-words.ts'

const parameter = (name: string, more: Partial<ParameterDescription> = {}): ParameterDescription => ({
  name,
  title: name,
  type: 'text',
  hint: `hint of ${name}`,
  inProfile: true,
  ...more,
})
const operation = (parameters: ParameterDescription[]): OperationDescription => ({
  id: '',
  title: '',
  summary: '',
  specification: [],
  group: 'apis',
  steps: [],
  parameters,
})
const operations = [
  operation([parameter('issuer', { required: true }), parameter('scope'), parameter('state', { inProfile: false })]),
  operation([
    parameter('issuer'),
    parameter('redirect_uri'),
    parameter('proxy', { group: 'connection' }),
    parameter('token_endpoint', { group: 'endpoints' }),
  ]),
]

it('has each parameter once, and needs none', () => {
  const parameters = profileParametersOf(operations)
  expect(parameters.map(({ name }) => name)).toEqual(['issuer', 'scope', 'redirect_uri', 'proxy', 'token_endpoint'])
  expect(parameters.some(({ required }) => required)).toBe(false)
})

it('puts each under one heading, and leaves empty headings out', () => {
  const groups = groupParameters(profileParametersOf(operations))
  expect(groups.map(({ id, parameters }) => [id, parameters.map(({ name }) => name)])).toEqual([
    ['server', ['issuer']],
    ['redirect', ['redirect_uri']],
    ['scopes', ['scope']],
    ['endpoints', ['token_endpoint']],
    ['connection', ['proxy']],
  ])
  expect(groupParameters([parameter('anything')]).map(({ id }) => id)).toEqual(['scopes'])
})

it('gives the editor names, hints and what can be chosen', () => {
  const choice = parameter('pkce', { type: 'choice', choices: [{ value: 'S256', title: 'S256' }] })
  const words = profileWords([choice, parameter('client_secret', { type: 'secret' })], ['acme'])
  const valuesOf = (name: string) => words.find((word) => word.name === name)?.values.map(({ text }) => text)
  expect(valuesOf('pkce')).toEqual(['S256'])
  expect(valuesOf('client_secret')).toEqual(['{secret: acme}'])
  expect(words.find(({ name }) => name === 'pkce')?.hint).toBe('hint of pkce')
  expect(words.map(({ name }) => name)).toContain('users')
})
