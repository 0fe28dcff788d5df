import { expect, it } from 'vitest'
import { problemOf } from '../../../../contract/problem.ts'
import type { ProfileSummary } from '../../../../contract/profile.ts'
import { advisedClientOf } from './advised-client.ts'

const whatToDo = ['Look again.', 'In the playground that is the client "confidential".']
const refused = problemOf('token-request-refused', 'No.', { whatToDo })
const playground: ProfileSummary = {
  name: 'playground',
  title: 'Playground',
  issuer: '',
  builtIn: true,
  production: false,
  missingSecrets: [],
}

it('finds the client of the playground that an advice names', () => {
  expect(advisedClientOf(refused, playground)).toBe('confidential')
  expect(advisedClientOf(problemOf('token-request-refused', 'No.'), playground)).toBeUndefined()
})

it('proposes no client of the playground for another server', () => {
  expect(advisedClientOf(refused, { ...playground, builtIn: false })).toBeUndefined()
  expect(advisedClientOf(refused, undefined)).toBeUndefined()
})
