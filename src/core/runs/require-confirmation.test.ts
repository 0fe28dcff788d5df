import { describe, expect, it } from 'vitest'
import type { OperationDescription } from '../../contract/description.ts'
import { problemClassOf } from '../../contract/problem.ts'
import type { Profile } from '../../contract/profile.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { requireConfirmation } from './require-confirmation.ts'

const operation: OperationDescription = {
  id: 'call',
  group: 'apis',
  title: 'Call',
  summary: '',
  specification: [],
  parameters: [],
  steps: [],
  destructive: { parameter: 'method', values: ['DELETE'] },
}
const { destructive: _destructive, ...harmless } = operation
const profile: Profile = { name: 'live', title: 'Live', values: {}, production: true }

function ask(change: Partial<Parameters<typeof requireConfirmation>[0]>) {
  try {
    requireConfirmation({ operation, profile, parameters: { method: 'DELETE' }, confirm: undefined, ...change })
    return undefined
  } catch (error) {
    return error instanceof ProblemError ? error.problem : error
  }
}

describe('what destroys something in a production profile', () => {
  it.each([undefined, '', 'LIVE', 'live ', 'other'])('is not done with %j', (confirm) => {
    const found = ask({ confirm })
    expect(found).toMatchObject({ code: 'confirmation-needed', detail: expect.stringContaining('live') })
    expect(JSON.stringify(found)).toContain('--confirm live')
    expect(problemClassOf('confirmation-needed')).toBe('person')
  })

  it('is done with the profile’s name', () => {
    expect(ask({ confirm: 'live' })).toBeUndefined()
  })

  it('asks always where the operation is destructive as it is', () => {
    const always = { ...operation, destructive: true as const }
    expect(ask({ operation: always, parameters: {} })).toMatchObject({ code: 'confirmation-needed' })
  })

  it.each<[string, Partial<Parameters<typeof requireConfirmation>[0]>]>([
    ['another method', { parameters: { method: 'GET' } }],
    ['another profile', { profile: { ...profile, production: false } }],
    ['no profile', { profile: undefined }],
    ['an operation that destroys nothing', { operation: harmless }],
  ])('%s is not asked about', (_what, change) => {
    expect(ask(change)).toBeUndefined()
  })
})
