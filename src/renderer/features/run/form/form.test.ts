import { expect, it } from 'vitest'
import { problemOf } from '../../../../contract/problem.ts'
import type { ParameterDescription } from '../../../../contract/description.ts'
import { withOfferedChoices } from '../../../components/controls/offered-choices.ts'
import { offeredFor } from '../../../components/controls/offered-for.ts'
import { problemsByParameter } from '../../../components/controls/problems-by-parameter.ts'

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

it('puts what a server says about single fields beside them, whatever the problem is', () => {
  const fields = [
    { name: 'scope', detail: 'too many' },
    { name: 'scope', detail: 'not known' },
    { name: 'elsewhere', detail: 'x' },
  ]
  const problem = problemOf('management-refused', 'No.', { fields })
  expect(problemsByParameter([], problem, [scope, client])).toEqual({ scope: 'too many not known' })
})

it('leaves every other problem to the form as a whole', () => {
  expect(problemsByParameter([], problemOf('port-in-use', '(client_id)'), [client])).toEqual({})
})

it('offers no choice that the vendor of the server cannot serve, and keeps one that is chosen already', () => {
  const choices = [
    { value: 'system', title: 'System browser' },
    { value: 'consent', title: 'Management API', vendorMethod: 'decideConsent' as const },
  ]
  const agent = { name: 'agent', title: 'Sign in with', type: 'choice' as const, hint: '', choices }
  const vendor = { id: 'rich', title: 'Rich', summary: '', methods: ['decideConsent' as const], filters: [] }
  const valuesOf = (...args: [Parameters<typeof withOfferedChoices>[1], string]) =>
    withOfferedChoices(agent, ...args).choices?.map(({ value }) => value)
  expect(valuesOf({ ...vendor, methods: [] }, 'system')).toEqual(['system'])
  expect(valuesOf(undefined, 'consent')).toEqual(['system', 'consent'])
  expect(withOfferedChoices(agent, vendor, 'system')).toBe(agent)
})
