import { describe, expect, it } from 'vitest'
import { ProblemError } from '../problems/problem-error.ts'
import { readPasted } from './read-pasted.ts'

const redirectUri = 'http://127.0.0.1:8765/callback'
const answer = [
  ['code', 'a/b'],
  ['state', 'x-1'],
]

describe('an address', () => {
  it.each([
    ['whole', 'http://127.0.0.1:8765/callback?code=a%2Fb&state=x-1'],
    ['of another host', 'https://proxy.example/callback?code=a%2Fb&state=x-1'],
    ['of another path', 'https://app.example/elsewhere?code=a%2Fb&state=x-1'],
    ['of another scheme', 'com.example.app:/oauth?code=a%2Fb&state=x-1'],
    ['without its scheme', '127.0.0.1:8765/callback?code=a%2Fb&state=x-1'],
    ['in part', '/callback?code=a%2Fb&state=x-1'],
    ['in the fragment', 'http://127.0.0.1:8765/callback#code=a%2Fb&state=x-1'],
    ['with an empty fragment', 'http://127.0.0.1:8765/callback?code=a%2Fb&state=x-1#_=_'],
    ['with blanks around', '  \n http://127.0.0.1:8765/callback?code=a%2Fb&state=x-1 \r\n'],
    ['broken by a mail client', 'http://127.0.0.1:8765/call\r\nback?code=a%2Fb&sta\r\n  te=x-1'],
    ['broken behind a name', 'http://127.0.0.1:8765/callback?code=a%2Fb&state=\nx-1'],
    ['in quoted-printable lines', 'http://127.0.0.1:8765/callback?code=a%2F=\nb&state=x-1'],
    ['quoted in an answer', '> http://127.0.0.1:8765/callback?code=a%2Fb\n> &state=x-1'],
    ['in double quotes', '"http://127.0.0.1:8765/callback?code=a%2Fb&state=x-1"'],
    ['in angle brackets', '<http://127.0.0.1:8765/callback?code=a%2Fb&state=x-1>.'],
    ['in back quotes', '`http://127.0.0.1:8765/callback?code=a%2Fb&state=x-1`'],
    ['as a header', 'Location: http://127.0.0.1:8765/callback?code=a%2Fb&state=x-1'],
    ['as a request line', 'GET /callback?code=a%2Fb&state=x-1 HTTP/1.1'],
    ['copied out of HTML', 'http://127.0.0.1:8765/callback?code=a%2Fb&amp;state=x-1'],
    ['with invisible characters', '\ufeffhttp://127.0.0.1:8765/call\u200bback?code=a%2Fb&state=x-1'],
  ])('%s', (_what, text) => {
    expect(readPasted(text, redirectUri)).toMatchObject({ method: 'GET', parameters: answer, via: 'paste' })
  })

  it('keeps its own form and every parameter', () => {
    const url = 'https://proxy.example/callback?tenant=a&code=c&state=s&session_state=1'
    const { url: read, parameters } = readPasted(url, redirectUri)
    expect(read).toBe(url)
    expect(parameters.map(([name]) => name)).toEqual(['tenant', 'code', 'state', 'session_state'])
  })

  it('keeps the blanks of a description', () => {
    const { parameters } = readPasted(
      `${redirectUri}?error=access_denied&error_description=The user said no`,
      redirectUri,
    )
    expect(parameters[1]).toEqual(['error_description', 'The user said no'])
  })

  it('takes localhost for the host, not for a scheme', () => {
    const { url } = readPasted('localhost:3000/cb?code=c&state=s', 'http://localhost:3000/cb')
    expect(url).toBe('http://localhost:3000/cb?code=c&state=s')
  })
})

describe('less than an address', () => {
  it.each([
    ['a query', 'code=a%2Fb&state=x-1', `${redirectUri}?code=a%2Fb&state=x-1`],
    ['a query with its mark', '?code=a%2Fb&state=x-1', `${redirectUri}?code=a%2Fb&state=x-1`],
    ['a fragment', '#code=a%2Fb&state=x-1', `${redirectUri}#code=a%2Fb&state=x-1`],
    ['a form', 'code=a%2Fb\n&state=x-1\n', `${redirectUri}?code=a%2Fb&state=x-1`],
  ])('%s', (_what, text, url) => {
    expect(readPasted(text, redirectUri)).toEqual({ url, method: 'GET', parameters: answer, via: 'paste' })
  })

  it('a query joins the registered one, or repeats it', () => {
    const registered = 'https://app.example/cb?tenant=a'
    expect(readPasted('code=c&state=s', registered).url).toBe(`${registered}&code=c&state=s`)
    expect(readPasted('?tenant=a&code=c', registered).url).toBe(`${registered}&code=c`)
  })

  it.each([
    ['4/0AVMBsJ-abc_d.e', '4/0AVMBsJ-abc_d.e'],
    ['4%2F0AVMBsJ', '4/0AVMBsJ'],
    [' "abc.def==" ', 'abc.def=='],
    ['abc\ndef', 'abcdef'],
    ['100%sure', '100%sure'],
  ])('a bare code: %j', (text, code) => {
    expect(readPasted(text, redirectUri)).toMatchObject({ parameters: [['code', code]], via: 'paste' })
  })
})

describe('what is no answer', () => {
  it.each([
    ['nothing', '   \n', 'Nothing was pasted'],
    ['a sentence', 'It shows an error, what now?', 'no code and no error'],
    ['a page without an answer', 'http://127.0.0.1:8765/callback', 'no code and no error'],
    ['a state alone', `${redirectUri}?state=x`, 'no code and no error'],
    [
      'the address that was opened',
      'https://as.example/authorize?client_id=c&response_type=code&state=x',
      'address of the authorization request',
    ],
    [
      'the pushed one',
      'https://as.example/authorize?client_id=c&request_uri=urn:x',
      'address of the authorization request',
    ],
    ['a word', 'abc', 'no code and no error'],
    ['another thing', 'a=b', 'no code and no error'],
    ['far too much', `code=${'a'.repeat(70_000)}`, 'longer than 64 KiB'],
  ])('%s: says what to paste', (_what, text, reason) => {
    const problem = problemOf(() => readPasted(text, redirectUri))
    expect(problem).toMatchObject({ code: 'authorization-response-invalid' })
    expect(problem?.detail).toContain(reason)
    expect(problem?.whatToDo?.[0]).toContain(redirectUri)
  })
})

function problemOf(act: () => unknown) {
  try {
    act()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  return undefined
}
