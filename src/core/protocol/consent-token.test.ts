import { describe, expect, it } from 'vitest'
import { consentTokenIn, readConsentToken } from './consent-token.ts'

const page = 'https://portal.example.test/portal/consent'

describe('readConsentToken', () => {
  it.each([
    ['tok/en+1==', 'tok/en+1=='],
    ['  token-with-space-around ', 'token-with-space-around'],
    [`${page}?consent_token=a%2Fb`, 'a/b'],
    [`${page}?token=a&consent_token=b`, 'b'],
    [`${page}?token=a`, 'a'],
    [`${page}?consentToken=c`, 'c'],
    [`${page}#consent_token=d`, 'd'],
    ['https://portal.example.test/v2/oauth/consent/e%2Ff', 'e/f'],
  ])('reads %j', (given, expected) => {
    expect(readConsentToken(given)).toBe(expected)
  })

  it('refuses an address that carries none, without quoting it', () => {
    const given = `${page}?other=MARKED-secret`
    expect(() => readConsentToken(given)).toThrow(/carries no consent token/)
    expect(() => readConsentToken(given)).not.toThrow(/MARKED/)
  })

  it('refuses an address whose path cannot be decoded', () => {
    expect(() => readConsentToken('https://portal.example.test/consent/%ff')).toThrow(/carries no consent token/)
  })
})

describe('consentTokenIn', () => {
  it('does not take a state or a code for one', () => {
    expect(consentTokenIn(new URL('https://as.example.test/login?state=a&code=b&return_to=c'))).toBeUndefined()
    expect(consentTokenIn(new URL(`${page}?consent_token=`))).toBeUndefined()
  })
})
