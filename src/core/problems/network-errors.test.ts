import { describe, expect, it } from 'vitest'
import { problemClassOf } from '../../contract/problem.ts'
import { networkErrorCode, networkProblem, timeoutProblem } from './network-errors.ts'
import { problem } from './problem-error.ts'
import type { NetworkPlace } from './network-place.ts'

const place: NetworkPlace = { host: 'auth.example.test', port: 443, secure: true, phase: 'connect' }
const failure = (code: string) => Object.assign(new Error('node says so'), { code })

describe('networkProblem', () => {
  it.each([
    ['ENOTFOUND', 'name-not-resolved'],
    ['EAI_AGAIN', 'name-not-resolved'],
    ['ECONNREFUSED', 'connection-refused'],
    ['EHOSTUNREACH', 'connection-refused'],
    ['ENETUNREACH', 'connection-refused'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNRESET', 'connection-lost'],
    ['EPIPE', 'connection-lost'],
    ['ENEWCODE', 'connection-lost'],
    ['EPROTO', 'tls-failed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
    ['ERR_SSL_SOMETHING_NEW', 'tls-failed'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-failed'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-untrusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-untrusted'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-untrusted'],
    ['CERT_HAS_EXPIRED', 'tls-untrusted'],
    ['CERT_SOMETHING_NEW', 'tls-untrusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-untrusted'],
    ['HPE_INVALID_CONSTANT', 'response-unexpected'],
    ['HPE_HEADER_OVERFLOW', 'response-unexpected'],
    ['ERR_INVALID_ARG_TYPE', 'internal'],
  ])('%s is %s and names host and port', (code, expected) => {
    const { problem: found } = networkProblem(failure(code), place)
    expect(found.code).toBe(expected)
    // A name that is not known has no ports.
    expect(found.detail).toContain(`auth.example.test${expected === 'name-not-resolved' ? ' ' : ':443'}`)
    if (expected !== 'internal') expect(found.whatToDo!.length).toBeGreaterThan(0)
  })

  it('reads the codes inside an AggregateError', () => {
    const error = new AggregateError([failure('ECONNREFUSED'), failure('EHOSTUNREACH')])
    expect(networkErrorCode(error)).toBe('ECONNREFUSED')
    expect(networkProblem(error, place).problem.code).toBe('connection-refused')
  })

  it('leaves a problem as it is', () => {
    const known = problem('cancelled', 'x')
    expect(networkProblem(known, place)).toBe(known)
  })

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EWHATEVER'])('at the proxy, %s is the proxy’s', (code) => {
    const proxy = { address: 'http://proxy.test:3128', source: { variable: 'HTTPS_PROXY' } }
    const { problem: found } = networkProblem(failure(code), { ...place, phase: 'proxy', proxy })
    expect(found.code).toBe('proxy-failed')
    expect(found.detail).toContain('http://proxy.test:3128')
    expect(found.whatToDo!.join(' ')).toContain('HTTPS_PROXY')
  })

  it('a connection that breaks in the handshake did not fail the same way as one that breaks later', () => {
    expect(networkProblem(failure('ECONNRESET'), { ...place, phase: 'tls' }).problem.code).toBe('tls-failed')
    expect(networkProblem(failure('ECONNRESET'), { ...place, phase: 'receive' }).problem.detail).toContain('middle')
  })

  it('writes IPv6 addresses with brackets', () => {
    expect(networkProblem(failure('ECONNREFUSED'), { ...place, host: '::1' }).problem.detail).toContain('[::1]:443')
  })

  it('everything but a wrong answer is the environment', () => {
    for (const code of ['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPROTO', 'CERT_HAS_EXPIRED'])
      expect(problemClassOf(networkProblem(failure(code), place).problem.code)).toBe('environment')
  })
})

describe('timeoutProblem', () => {
  it.each(['lookup', 'connect', 'proxy', 'tls', 'send', 'wait', 'receive'] as const)('tells the phase %s', (phase) => {
    const { problem: found } = timeoutProblem({ ...place, phase }, 1500)
    expect(found.detail).toMatch(/within 1\.5 s: auth\.example\.test:443\.$/)
  })
})
