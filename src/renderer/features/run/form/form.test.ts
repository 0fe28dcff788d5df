import { expect, it } from 'vitest'
import { problemOf } from '../../../../contract/problem.ts'
import type { ParameterDescription } from '../../../../contract/description.ts'
import { offeredFor } from './offered-for.ts'
import { problemsByParameter } from './problems-by-parameter.ts'

const scope: ParameterDescription = {
  name: 'scope',
  title: 'Scope',
  type: 'words',
  hint: '',
  offeredBy: 'scopes_supported',
}
const client: ParameterDescription = { name: 'client_id', title: 'Client', type: 'text', hint: '' }

it('takes what the metadata lists, and nothing that is no list of words', () => {
  expect(offeredFor(scope, { scopes_supported: ['openid', 1] })).toEqual(['openid'])
  expect(offeredFor(scope, { scopes_supported: 'openid' })).toBeUndefined()
  expect(offeredFor(client, { scopes_supported: [] })).toBeUndefined()
  expect(offeredFor(scope, undefined)).toBeUndefined()
})

it('proposes what the description does where no server is asked', () => {
  const method: ParameterDescription = { ...client, name: 'method', proposals: ['GET', 'POST'] }
  expect(offeredFor(method, { scopes_supported: [] })).toEqual(['GET', 'POST'])
})

it('puts a problem beside the field it names', () => {
  const problem = problemOf('parameter-invalid', 'Client (client_id) must be a text.')
  expect(problemsByParameter([scope], problem, [scope, client])).toEqual({
    scope: 'Scope is needed.',
    client_id: 'Client (client_id) must be a text.',
  })
})

it('leaves every other problem to the form as a whole', () => {
  expect(problemsByParameter([], problemOf('port-in-use', '(client_id)'), [client])).toEqual({})
})
