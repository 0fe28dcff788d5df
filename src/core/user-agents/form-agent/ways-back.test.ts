import { describe, expect, it } from 'vitest'
import { form } from '../form.ts'
import { taskFor, testRedirectUri } from '../testing/agent-task.ts'
import { servePages } from '../testing/page-server.ts'
import { back, received, signInAt, signInForm } from '../testing/sign-in-at.ts'

describe('ways on and back', () => {
  it('a form_post page is read, not sent', async () => {
    const { server, redirect } = await signInAt({
      '/authorize': `<body onload="document.forms[0].submit()"><form method="post" action="${testRedirectUri}"><input type="hidden" name="code" value="a&quot;b"><input type="hidden" name="state" value="s"><noscript><button>Continue</button></noscript></form>`,
    })
    expect(await redirect).toEqual({
      url: testRedirectUri,
      method: 'POST',
      parameters: [
        ['code', 'a"b'],
        ['state', 's'],
      ],
      via: 'form',
    })
    expect(server.trail()).toEqual(['GET /authorize'])
  })

  it('a form_post page may say 400 when it brings an error', async () => {
    const { redirect } = await signInAt({
      '/authorize': {
        status: 400,
        html: `<script>document.addEventListener('DOMContentLoaded', function () { document.forms[0].submit() })</script><form method="post" action="${testRedirectUri}"><input type="hidden" name="error" value="invalid_scope"/></form>`,
      },
    })
    expect(await redirect).toMatchObject({ method: 'POST', parameters: [['error', 'invalid_scope']] })
  })

  it.each([
    ['meta element', `<meta http-equiv="Refresh" content="0; URL='/next?a=1'">`, {}],
    ['header', '', { refresh: '1;url=/next?a=1' }],
    ['meta element without script', `<noscript><meta http-equiv=refresh content="5;/next?a=1"></noscript>`, {}],
  ])('a refresh by %s is followed', async (_what, html, headers) => {
    const { server, task, redirect } = await signInAt({ '/authorize': { html, headers }, '/next': { location: back } })
    expect(await redirect).toEqual(received)
    expect(server.requests[1]?.url.search).toBe('?a=1')
    expect(task.purposes).toEqual(['authorization', 'redirect'])
  })

  it('a refresh to the redirect URI is the answer', async () => {
    const { redirect } = await signInAt({
      '/authorize': `<meta http-equiv="refresh" content="0;url=${back.replace('&', '&amp;')}">`,
    })
    expect(await redirect).toEqual(received)
  })

  it('a refresh of a session that runs out later is not', async () => {
    const { server, redirect } = await signInAt({
      '/authorize': `<meta http-equiv="refresh" content="900;url=/expired">${signInForm}`,
      '/login': { location: back },
    })
    await redirect
    expect(server.trail()).toEqual(['GET /authorize', 'POST /login'])
  })

  it('a form that a script sends is sent, without its button', async () => {
    const { server, task, redirect } = await signInAt({
      '/authorize': `<form name="f" method="post" action="/broker"><input type="hidden" name="SAMLRequest" value="x"><button name="b" value="1">Go on</button></form><script>document.f.submit()</script>`,
      '/broker': { location: back },
    })
    expect(await redirect).toEqual(received)
    expect(server.requests[1]?.form).toEqual({ SAMLRequest: 'x' })
    expect(task.purposes).toEqual(['authorization', 'redirect'])
  })

  it.each([
    ['a fragment', `${testRedirectUri}#access_token=t&state=s`, ['access_token', 'state']],
    ['a query beside an empty fragment', `${testRedirectUri}?code=c&state=s#_=_`, ['code', 'state']],
    ['nothing at all', testRedirectUri, []],
  ])('the answer may be in %s', async (_what, location, names) => {
    const { redirect } = await signInAt({ '/authorize': { location } })
    expect((await redirect)?.parameters.map(([name]) => name)).toEqual(names)
    expect((await redirect)?.url).toBe(location)
  })

  it.each([
    ['com.example.app:/oauth', 'com.example.app:/oauth?code=c'],
    ['http://127.0.0.1:9/cb?tenant=a', 'http://127.0.0.1:9/cb?tenant=a&code=c'],
    ['http://127.0.0.1:9', 'http://127.0.0.1:9/?code=c'],
  ])('the redirect URI may be %s', async (redirectUri, location) => {
    const { redirect } = await signInAt({ '/authorize': { location } }, { redirectUri })
    expect((await redirect)?.parameters).toContainEqual(['code', 'c'])
  })

  it.each([
    ['another path', 'http://127.0.0.1:9/cb', 'http://127.0.0.1:9/cb/?code=c'],
    ['its query lost', 'http://127.0.0.1:9/cb?tenant=a', 'http://127.0.0.1:9/cb?code=c'],
    ['another scheme', 'com.example.app:/cb', 'com.example.other:/cb?code=c'],
    ['https for http', 'http://127.0.0.1/cb', 'https://127.0.0.1/cb?code=c'],
  ])('an answer sent nearly to the redirect URI goes nowhere: %s', async (_what, redirectUri, location) => {
    const { server, redirect } = await signInAt({ '/authorize': { location } }, { redirectUri })
    await expect(redirect).rejects.toMatchObject({
      problem: { code: 'authorization-response-invalid', detail: expect.stringContaining(redirectUri) },
    })
    await expect(redirect).rejects.not.toThrow('code=c')
    expect(server.trail()).toHaveLength(1)
  })

  it('a Location in raw UTF-8 is read as such', async () => {
    const raw = Buffer.from(`${testRedirectUri}?error=access_denied&error_description=zurück`, 'utf8').toString(
      'latin1',
    )
    const { redirect } = await signInAt({ '/authorize': { location: raw } })
    expect((await redirect)?.parameters[1]).toEqual(['error_description', 'zurück'])
  })
})

describe('other origins', () => {
  it('signs in at another origin the server redirects to, with its own cookies', async () => {
    const login = await servePages(
      {
        'GET /login': { html: signInForm, headers: { 'set-cookie': 'sid=login; HttpOnly; SameSite=Strict' } },
        'POST /login': ({ url }) => ({ location: `http://127.0.0.1:${url.searchParams.get('step') && as.port}/done` }),
      },
      'localhost',
    )
    const as = await servePages({
      '/authorize': {
        location: `${login.origin}/login`,
        headers: { 'set-cookie': ['flow=1; SameSite=Lax', 'tight=1; SameSite=Strict'] },
      },
      '/done': { location: back },
    })
    expect(await form.authorize(taskFor(`${as.origin}/authorize`))).toEqual(received)
    expect(login.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, 'sid=login'])
    expect(login.requests[1]?.headers.origin).toBe(login.origin)
    // Coming from a form of another site: the strict cookie stays home, the referrer is only an origin.
    expect(as.requests[1]?.headers).toMatchObject({ cookie: 'flow=1', referer: `${login.origin}/` })
  })

  it('never sends the password to an origin the sign-in did not come through', async () => {
    const thief = await servePages({ '/': 'thanks' }, 'localhost')
    const { server, redirect } = await signInAt({ '/authorize': signInForm.replace('/login', `${thief.origin}/`) })
    await expect(redirect).rejects.toMatchObject({
      problem: {
        code: 'sign-in-page-not-understood',
        detail: expect.stringContaining(`send the password to ${thief.origin}/`),
      },
    })
    expect(thief.requests).toEqual([])
    expect(server.trail()).toEqual(['GET /authorize'])
  })

  it('never sends the password in clear over a network', async () => {
    const { redirect } = await signInAt({ '/authorize': signInForm.replace('/login', 'http://127.0.0.1.example/') })
    await expect(redirect).rejects.toMatchObject({
      problem: {
        code: 'sign-in-page-not-understood',
        detail: expect.stringContaining('in clear to http://127.0.0.1.example/'),
      },
    })
  })

  it('does not follow a 307 with the password to another origin', async () => {
    const thief = await servePages({ '/': 'thanks' }, 'localhost')
    const { redirect } = await signInAt({
      '/authorize': signInForm,
      '/login': { status: 307, location: `${thief.origin}/` },
    })
    await expect(redirect).rejects.toMatchObject({ problem: { code: 'sign-in-page-not-understood' } })
    expect(thief.requests).toEqual([])
  })

  it('follows a 307 at the same origin with method and body, a 303 with neither', async () => {
    const { server, redirect } = await signInAt({
      '/authorize': signInForm,
      '/login': { status: 307, location: '/again' },
      '/again': { status: 303, location: '/done' },
      '/done': { location: back },
    })
    expect(await redirect).toEqual(received)
    expect(server.requests.map(({ method, url, form: sent }) => [method, url.pathname, sent.username])).toEqual([
      ['GET', '/authorize', undefined],
      ['POST', '/login', 'alice'],
      ['POST', '/again', 'alice'],
      ['GET', '/done', undefined],
    ])
  })

  it('hides where a form came from when a 307 takes it to another origin', async () => {
    const other = await servePages({ '/in': { location: back } }, 'localhost')
    const { redirect } = await signInAt({
      '/authorize': `<form method="post" action="/out"><input type="hidden" name="a" value="1"></form><script>f.submit()</script>`,
      '/out': { status: 307, location: `${other.origin}/in` },
    })
    expect(await redirect).toEqual(received)
    expect(other.requests[0]).toMatchObject({ method: 'POST', form: { a: '1' }, headers: { origin: 'null' } })
  })

  it('hands on nothing that was typed when a 307 goes to the redirect URI', async () => {
    const { redirect } = await signInAt({ '/authorize': signInForm, '/login': { status: 307, location: back } })
    expect(await redirect).toEqual(received)
  })
})

describe('cookies', () => {
  it('go back by path, are replaced, and end', async () => {
    const { server, redirect } = await signInAt({
      '/authorize': {
        location: '/in/a',
        headers: {
          'set-cookie': [
            'all=1; Path=/',
            'inner=1; Path=/in',
            'other=1; Path=/elsewhere',
            'secure=1; Secure',
            'foreign=1; Domain=example.com',
          ],
        },
      },
      '/in/a': {
        location: '/in/b',
        headers: { 'set-cookie': ['all=2; Path=/; HttpOnly', 'inner=; Path=/in; Max-Age=0'] },
      },
      '/in/b': { location: '/in/c', headers: { 'set-cookie': 'all=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT' } },
      '/in/c': { location: back },
    })
    await redirect
    const cookies = server.requests.map(({ headers }) => (headers.cookie ?? '').split('; ').sort().join(' '))
    expect(cookies).toEqual(['', 'all=1 inner=1 secure=1', 'all=2 secure=1', 'secure=1'])
  })

  it('are not shared between two sign-ins', async () => {
    const { server, redirect } = await signInAt({
      '/authorize': { location: back, headers: { 'set-cookie': 'sid=1' } },
    })
    await redirect
    await form.authorize(taskFor(`${server.origin}/authorize`))
    expect(server.requests[1]?.headers.cookie).toBeUndefined()
  })
})
