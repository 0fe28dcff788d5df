import { describe, expect, it } from 'vitest'
import type { Exchange } from '../../../contract/run.ts'
import { clocksAgree, clockSkewOf } from '../../../contract/clock-skew.ts'
import { proxyFactOf, tlsFactOf } from './connection-facts.ts'
import { vaultFactOf } from './vault-fact.ts'

const exchange = (more: object): Exchange => ({ request: { url: 'https://as.test/' }, ...more }) as unknown as Exchange
const answered = (startedAt: string, date: string, totalMs: number) =>
  exchange({ startedAt, timings: { totalMs }, response: { headers: [['date', date]] } })

describe('the clock of the server', () => {
  it('is told from the quickest answer', () => {
    const exchanges = [
      answered('2026-11-20T14:00:00.000Z', 'Fri, 20 Nov 2026 15:00:00 GMT', 900),
      answered('2026-11-20T14:00:10.000Z', 'Fri, 20 Nov 2026 14:00:52 GMT', 100),
    ]
    const skew = clockSkewOf({ exchanges })!
    expect(skew).toEqual({ milliseconds: 42_450, uncertaintyMs: 550 })
    expect(clocksAgree(skew)).toBe(false)
  })

  it('agrees within what a header of whole seconds can say', () => {
    const skew = clockSkewOf({
      exchanges: [answered('2026-11-20T14:00:00.900Z', 'Fri, 20 Nov 2026 14:00:00 GMT', 20)],
    })!
    expect(clocksAgree(skew)).toBe(true)
  })

  it('is not told without the header', () => {
    expect(clockSkewOf({ exchanges: [exchange({}), answered('2026-11-20T14:00:00Z', 'soon', 1)] })).toBeUndefined()
  })
})

describe('what protects the connections', () => {
  const tls = (authorized: boolean) => exchange({ connection: { tls: { protocol: 'TLSv1.3', authorized } } })
  const plain = (url: string) => exchange({ request: { url } })
  it.each([
    [[], undefined],
    [[tls(true)], { text: 'TLS 1.3 verified', isUnsafe: false }],
    [[tls(true), tls(false)], { text: 'TLS not verified', isUnsafe: true }],
    [[plain('http://127.0.0.1:7420/')], { text: 'No TLS (loopback)', isUnsafe: false }],
    [[plain('http://[::1]:7420/')], { text: 'No TLS (loopback)', isUnsafe: false }],
    [[tls(true), plain('http://as.test/x')], { text: 'No TLS to as.test', isUnsafe: true }],
  ])('%#', (exchanges, fact) => expect(tlsFactOf({ exchanges })).toEqual(fact))

  it('names the proxy', () => {
    expect(proxyFactOf({ exchanges: [] })).toBeUndefined()
    expect(proxyFactOf({ exchanges: [exchange({})] })?.text).toBe('No proxy')
    expect(proxyFactOf({ exchanges: [exchange({ connection: { proxy: 'http://p:3128' } })] })?.text).toBe(
      'Proxy http://p:3128',
    )
  })
})

describe('where secrets are kept', () => {
  it.each([
    ['ready', 'keychain', [], 'Keychain ready'],
    ['ready', 'passphrase', [], 'Secrets unlocked'],
    ['locked', 'keychain', ['Unlock it'], 'Keychain locked'],
    ['locked', 'passphrase', ['Give the passphrase'], 'Secrets locked'],
    ['absent', 'memory', [], 'Secrets in memory only'],
    ['absent', 'memory', ['Start a keychain'], 'No keychain'],
  ] as const)('%s, %s, advice %j: %s', (...[state, store, whatToDo, text]) => {
    expect(vaultFactOf({ state, store, detail: '', whatToDo: [...whatToDo] }).text).toBe(text)
  })
})
