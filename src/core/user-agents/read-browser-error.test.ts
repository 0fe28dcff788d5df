import { describe, expect, it } from 'vitest'
import { readBrowserError } from './read-browser-error.ts'

describe('readBrowserError', () => {
  it.each([
    ['Error 400: redirect_uri_mismatch\nAccess blocked', 'redirect_uri_mismatch'],
    ['error=invalid_request&error_description=x', 'invalid_request'],
    ['https://as.example/error?error=unauthorized_client#x', 'unauthorized_client'],
    ['{"error":"invalid_client","error_description":"unknown"}', 'invalid_client'],
    ['{"error":"odd-code"}', 'odd-code'],
    ['Error code: app_not_configured', 'app_not_configured'],
    ['Something went wrong. invalid_scope: openid2', 'invalid_scope'],
    ["AADSTS50011: The redirect URI 'http://x' does not match", 'AADSTS50011'],
    ['error: invalid_request. AADSTS900144: missing', 'invalid_request'],
    ['The request was refused error invalid_redirect_uri error_description no', 'invalid_redirect_uri'],
    ['Invalid parameter: redirect_uri', undefined],
    ['Error: Something happened', undefined],
    ['not_invalid_client_here', undefined],
    ['', undefined],
  ])('%j has the code %s', (text, error) => {
    expect(readBrowserError(text).error).toBe(error)
  })

  it('takes the description where one is named, else the words', () => {
    expect(readBrowserError('{"error":"a","error_description":"x \\"y\\" z"}').description).toBe('x "y" z')
    expect(readBrowserError('?error=a&error_description=not+%3Cfound%3E').description).toBe('not <found>')
    expect(readBrowserError('  Sorry,   but \n\n  no  ').description).toBe('Sorry, but\nno')
  })

  it('keeps at most 4,000 characters', () => {
    expect(readBrowserError('a '.repeat(10_000)).description.length).toBeLessThanOrEqual(4_000)
  })

  it('reads hostile text in linear time and changes nothing in it', () => {
    const text = `${'"error":'.repeat(400)}<script>`
    expect(readBrowserError(text).description).toContain('<script>')
  })
})
