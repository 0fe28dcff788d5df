import { expect, it } from 'vitest'
import type { ParameterDescription } from '../../../../contract/description.ts'
import { connectionSummaryOf } from './connection-summary.ts'

const parameter = (name: string, type: ParameterDescription['type'], more: Partial<ParameterDescription> = {}) =>
  ({ name, title: name, type, hint: '', ...more }) satisfies ParameterDescription
const parameters = [
  parameter('headers', 'pairs', { title: 'Headers' }),
  parameter('proxy', 'url', { title: 'Proxy' }),
  parameter('proxy_password', 'secret'),
  parameter('ca_file', 'text', { title: 'CA file' }),
  parameter('verify_tls', 'boolean', { title: 'Verify TLS', default: true }),
  parameter('timeout_seconds', 'integer', { title: 'Answer timeout', default: 30 }),
]

it('says that nothing is set, or only what is usual', () => {
  expect(connectionSummaryOf(parameters, { timeout_seconds: 30, headers: [], ca_file: '' })).toBe('nothing special')
})

it('names what is set in a few words, and no secret', () => {
  const values = {
    headers: [['x-a', '1']],
    proxy: 'http://proxy.test:8080/',
    proxy_password: { secret: 'hush' },
    ca_file: 'certificates/acme.pem',
    verify_tls: false,
    timeout_seconds: 10,
  }
  expect(connectionSummaryOf(parameters, values)).toBe(
    'Verify TLS off · 1 headers · Proxy proxy.test:8080 · CA file acme.pem · Answer timeout 10',
  )
})
