import { describe, expect, it } from 'vitest'
import { hasResponseParameter, matchesRedirectUri, redirectTargetOf, withoutRegistered } from './match-redirect-uri.ts'

const matches = (registered: string, address: string) =>
  matchesRedirectUri(redirectTargetOf(registered), new URL(address))

describe('matchesRedirectUri', () => {
  it.each([
    ['http://127.0.0.1:8765/callback', 'http://127.0.0.1:8765/callback?code=a&state=b'],
    ['http://127.0.0.1:8765', 'http://127.0.0.1:8765/?code=a'],
    ['https://app.example.com/cb', 'https://APP.example.com:443/cb#access_token=a'],
    ['https://app.example.com/cb?tenant=a', 'https://app.example.com/cb?tenant=a&code=b'],
    ['https://app.example.com/cb?tenant=a', 'https://app.example.com/cb?code=b&tenant=a'],
    ['com.example.app:/oauth', 'com.example.app:/oauth?code=a'],
    ['com.example.app://oauth', 'com.example.app://oauth?code=a'],
  ])('takes %s for %s', (registered, address) => {
    expect(matches(registered, address)).toBe(true)
  })

  it.each([
    ['another scheme', 'https://127.0.0.1:8765/callback'],
    ['another host', 'http://localhost:8765/callback'],
    ['another port', 'http://127.0.0.1:8766/callback'],
    ['a longer path', 'http://127.0.0.1:8765/callback/more'],
    ['a slash more', 'http://127.0.0.1:8765/callback/'],
    ['another case', 'http://127.0.0.1:8765/Callback'],
    ['user-info', 'http://127.0.0.1:8765@evil.example/callback'],
    ['user-info at the right host', 'http://user@127.0.0.1:8765/callback'],
  ])('refuses %s', (_what, address) => {
    expect(matches('http://127.0.0.1:8765/callback', address)).toBe(false)
  })

  it('refuses an answer that lost the registered query', () => {
    expect(matches('https://app.example.com/cb?tenant=a', 'https://app.example.com/cb?code=b')).toBe(false)
    expect(matches('https://app.example.com/cb?tenant=a', 'https://app.example.com/cb?tenant=b&code=b')).toBe(false)
    expect(matches('https://app.example.com/cb?t=a&t=a', 'https://app.example.com/cb?t=a&code=b')).toBe(false)
  })
})

describe('redirectTargetOf', () => {
  it('names a redirect URI that is none', () => {
    expect(() => redirectTargetOf('/callback')).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'parameter-invalid' }) }),
    )
  })
})

describe('parameters', () => {
  it('takes the registered ones off once each', () => {
    const target = redirectTargetOf('http://127.0.0.1:1/cb?state=fixed')
    const sent: [string, string][] = [
      ['state', 'fixed'],
      ['state', 'fixed'],
      ['code', 'a'],
    ]
    expect(withoutRegistered(target, sent)).toEqual([
      ['state', 'fixed'],
      ['code', 'a'],
    ])
  })

  it('tells an answer from a visit', () => {
    expect(hasResponseParameter([['utm', 'x']])).toBe(false)
    expect(hasResponseParameter([['state', '']])).toBe(true)
  })
})
