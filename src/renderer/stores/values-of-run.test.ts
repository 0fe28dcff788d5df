import { expect, it } from 'vitest'
import type { ParameterDescription } from '../../contract/description.ts'
import { valuesOfRun } from './values-of-run.ts'

const parameter = (name: string, more: Partial<ParameterDescription> = {}): ParameterDescription => ({
  name,
  title: name,
  type: 'text',
  hint: '',
  ...more,
})

it('takes what differs from profile and default, and nothing masked', () => {
  const parameters = [
    parameter('issuer'),
    parameter('client_id'),
    parameter('pkce', { default: 'S256' }),
    parameter('client_secret', { type: 'secret' }),
    parameter('login_hint'),
    parameter('prompt'),
  ]
  const recorded = {
    issuer: 'https://as.test',
    client_id: 'other',
    pkce: 'S256',
    client_secret: '●●●●',
    login_hint: '●●●●',
    agent: 'form',
  }
  expect(valuesOfRun({ parameters: recorded }, parameters, { issuer: 'https://as.test', client_id: 'c' })).toEqual({
    client_id: 'other',
  })
})
