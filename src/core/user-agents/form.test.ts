import { describe, expect, it } from 'vitest'
import { form } from './form.ts'
import { taskFor, testRedirectUri } from './testing/agent-task.ts'
import { servePages, type PageRoutes } from './testing/page-server.ts'

const back = `${testRedirectUri}?code=c%2F1&state=s`
const signInForm = `<title>Sign in</title><form method="post" action="/login?step=1">
  <input type="hidden" name="csrf" value="t&amp;1"><input name="username" autocomplete="username">
  <input type="password" name="password"><button name="go" value="in">Sign in</button><button name="go" value="x">Cancel</button></form>`
const received = {
  url: back,
  method: 'GET',
  parameters: [
    ['code', 'c/1'],
    ['state', 's'],
  ],
  via: 'form',
}

const authorize = async (routes: PageRoutes, parts: Parameters<typeof taskFor>[1] = {}) => {
  const server = await servePages(routes)
  const task = taskFor(`${server.origin}/authorize?client_id=c`, parts)
  return { server, task, redirect: form.authorize(task) }
}

describe('signing in', () => {
  it('fills in one page, keeps hidden fields, presses the first button, and stops at the redirect URI', async () => {
    const { server, task, redirect } = await authorize({
      '/authorize': { location: '/login' },
      'GET /login': signInForm,
      'POST /login': { location: back },
    })
    expect(await redirect).toEqual(received)
    expect(server.trail()).toEqual(['GET /authorize', 'GET /login', 'POST /login'])
    expect(task.purposes).toEqual(['authorization', 'redirect', 'sign-in'])
    const sent = server.requests[2]
    expect(sent?.url.search).toBe('?step=1')
    expect(sent?.body).toBe('csrf=t%261&username=alice&password=wonder+land%2B1&go=in')
    expect(sent?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      origin: server.origin,
      referer: `${server.origin}/login`,
    })
  })

  it('names the user first where a page asks for it first', async () => {
    const { server, task, redirect } = await authorize({
      '/authorize': `<form method="post" action="/name"><input type="email" name="identifier"><input type="submit" value="Next"></form>`,
      '/name': `<form method="post" action="/pass"><input type="hidden" name="identifier" value="alice"><input type="password" name="pw"><button>Log in</button></form>`,
      '/pass': { location: back },
    })
    expect(await redirect).toEqual(received)
    expect(server.requests.map(({ form: sent }) => sent)).toEqual([
      {},
      { identifier: 'alice' },
      { identifier: 'alice', pw: 'wonder land+1' },
    ])
    expect(task.purposes).toEqual(['authorization', 'sign-in', 'sign-in'])
  })

  it('needs no user where a session exists', async () => {
    const { redirect } = await authorize({ '/authorize': { location: back } }, { user: undefined })
    expect(await redirect).toEqual(received)
  })

  it('says how to name a user when one is needed', async () => {
    const { redirect } = await authorize({ '/authorize': signInForm }, { user: undefined })
    await expect(redirect).rejects.toMatchObject({
      problem: {
        code: 'needs-person',
        detail: expect.stringContaining('"Sign in"'),
        whatToDo: expect.arrayContaining([expect.stringContaining('--user NAME --password-env VAR')]),
      },
    })
  })

  it('says that a one-time code needs a person', async () => {
    const { redirect } = await authorize({
      '/authorize': signInForm,
      '/login': `<form method="post"><input name="otp" autocomplete="one-time-code"><button>Verify</button></form>`,
    })
    await expect(redirect).rejects.toMatchObject({
      problem: { code: 'needs-person', detail: expect.stringContaining('one-time code') },
    })
  })
})

describe('a refused sign-in', () => {
  it('ends with what the page says, once, and without the password', async () => {
    const { server, redirect } = await authorize({
      '/authorize': signInForm,
      '/login': {
        status: 401,
        html: `<title>Sign in</title><div role="alert">No <b>wonder land+1</b> &lt;here&gt;</div>${signInForm}`,
      },
    })
    await expect(redirect).rejects.toMatchObject({
      problem: { code: 'sign-in-failed', detail: expect.stringContaining('It says: No ●●●● <here>'), status: 401 },
    })
    expect(server.trail()).toEqual(['GET /authorize', 'POST /login'])
  })

  it('of the user name ends too', async () => {
    const page = `<form method="post" action="/name"><p class="field-error">Unknown user</p><input type="email" name="u"><button>Next</button></form>`
    const { redirect } = await authorize({ '/authorize': page, '/name': page })
    await expect(redirect).rejects.toMatchObject({
      problem: { code: 'sign-in-failed', detail: expect.stringMatching(/user name of alice was sent.*Unknown user/) },
    })
  })
})

describe('consent', () => {
  const twoButtons = `<form method="post" action="/consent"><input type="hidden" name="id" value="7"><input type="checkbox" name="scope" value="openid" checked><input type="checkbox" name="remember">
    <button name="decision" value="deny">Deny</button><button name="decision" value="allow">Allow</button></form>`
  const twoForms = `<form method="post" action="/consent"><input type="hidden" name="decision" value="deny"><button>Cancel</button></form>
    <form method="post" action="/consent"><input type="hidden" name="decision" value="allow"><button>Continue</button></form>`
  const foreign = `<form method="post" action="/consent"><button name="decision" value="deny">Nein, danke</button><button name="decision" value="allow">Ja, gern</button></form>`
  const pages = { 'two buttons': twoButtons, 'two forms': twoForms, 'another language': foreign }

  it.each(Object.entries(pages))('is given and refused as asked: %s', async (_what, page) => {
    for (const consent of ['allow', 'deny'] as const) {
      const { server, task, redirect } = await authorize(
        { '/authorize': page, '/consent': { location: back } },
        { consent },
      )
      expect(await redirect).toEqual(received)
      expect(server.requests[1]?.form.decision).toBe(consent)
      expect(task.purposes).toEqual(['authorization', 'consent'])
    }
  })

  it('is given without being asked, with the boxes as the page has them', async () => {
    const { server, redirect } = await authorize({ '/authorize': twoButtons, '/consent': { location: back } })
    await redirect
    expect(server.requests[1]?.body).toBe('id=7&scope=openid&decision=allow')
  })

  it('is refused by a link', async () => {
    const { server, redirect } = await authorize(
      {
        '/authorize': `<form method="post" action="/consent"><button>Continue</button></form><a href="/abort">[ Cancel ]</a>`,
        '/abort': { location: `${testRedirectUri}?error=access_denied` },
      },
      { consent: 'deny' },
    )
    expect((await redirect)?.parameters).toEqual([['error', 'access_denied']])
    expect(server.trail()).toEqual(['GET /authorize', 'GET /abort'])
  })

  it('that cannot be refused is said to be so', async () => {
    const { redirect } = await authorize(
      { '/authorize': `<form method="post"><button>Continue</button></form>` },
      { consent: 'deny' },
    )
    await expect(redirect).rejects.toMatchObject({
      problem: { code: 'sign-in-page-not-understood', detail: expect.stringContaining('no way to refuse') },
    })
  })

  it('that is asked for ever ends', async () => {
    const { redirect } = await authorize({
      '/authorize': twoButtons,
      '/consent': ({ url }) => twoButtons.replace('value="7"', `value="${url.href}${Math.random()}"`),
    })
    await expect(redirect).rejects.toMatchObject({ problem: { code: 'response-unexpected' } })
  })
})

describe('ways on and back', () => {
  it('a form_post page is read, not sent', async () => {
    const { server, redirect } = await authorize({
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
    const { redirect } = await authorize({
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
    const { server, task, redirect } = await authorize({ '/authorize': { html, headers }, '/next': { location: back } })
    expect(await redirect).toEqual(received)
    expect(server.requests[1]?.url.search).toBe('?a=1')
    expect(task.purposes).toEqual(['authorization', 'redirect'])
  })

  it('a refresh to the redirect URI is the answer', async () => {
    const { redirect } = await authorize({
      '/authorize': `<meta http-equiv="refresh" content="0;url=${back.replace('&', '&amp;')}">`,
    })
    expect(await redirect).toEqual(received)
  })

  it('a refresh of a session that runs out later is not', async () => {
    const { server, redirect } = await authorize({
      '/authorize': `<meta http-equiv="refresh" content="900;url=/expired">${signInForm}`,
      '/login': { location: back },
    })
    await redirect
    expect(server.trail()).toEqual(['GET /authorize', 'POST /login'])
  })

  it('a form that a script sends is sent, without its button', async () => {
    const { server, task, redirect } = await authorize({
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
    const { redirect } = await authorize({ '/authorize': { location } })
    expect((await redirect)?.parameters.map(([name]) => name)).toEqual(names)
    expect((await redirect)?.url).toBe(location)
  })

  it.each([
    ['com.example.app:/oauth', 'com.example.app:/oauth?code=c'],
    ['http://127.0.0.1:9/cb?tenant=a', 'http://127.0.0.1:9/cb?tenant=a&code=c'],
    ['http://127.0.0.1:9', 'http://127.0.0.1:9/?code=c'],
  ])('the redirect URI may be %s', async (redirectUri, location) => {
    const { redirect } = await authorize({ '/authorize': { location } }, { redirectUri })
    expect((await redirect)?.parameters).toContainEqual(['code', 'c'])
  })

  it.each([
    ['another path', 'http://127.0.0.1:9/cb', 'http://127.0.0.1:9/cb/?code=c'],
    ['its query lost', 'http://127.0.0.1:9/cb?tenant=a', 'http://127.0.0.1:9/cb?code=c'],
    ['another scheme', 'com.example.app:/cb', 'com.example.other:/cb?code=c'],
    ['https for http', 'http://127.0.0.1/cb', 'https://127.0.0.1/cb?code=c'],
  ])('an answer sent nearly to the redirect URI goes nowhere: %s', async (_what, redirectUri, location) => {
    const { server, redirect } = await authorize({ '/authorize': { location } }, { redirectUri })
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
    const { redirect } = await authorize({ '/authorize': { location: raw } })
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
    const { server, redirect } = await authorize({ '/authorize': signInForm.replace('/login', `${thief.origin}/`) })
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
    const { redirect } = await authorize({ '/authorize': signInForm.replace('/login', 'http://127.0.0.1.example/') })
    await expect(redirect).rejects.toMatchObject({
      problem: {
        code: 'sign-in-page-not-understood',
        detail: expect.stringContaining('in clear to http://127.0.0.1.example/'),
      },
    })
  })

  it('does not follow a 307 with the password to another origin', async () => {
    const thief = await servePages({ '/': 'thanks' }, 'localhost')
    const { redirect } = await authorize({
      '/authorize': signInForm,
      '/login': { status: 307, location: `${thief.origin}/` },
    })
    await expect(redirect).rejects.toMatchObject({ problem: { code: 'sign-in-page-not-understood' } })
    expect(thief.requests).toEqual([])
  })

  it('follows a 307 at the same origin with method and body, a 303 with neither', async () => {
    const { server, redirect } = await authorize({
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

  it('hands on nothing that was typed when a 307 goes to the redirect URI', async () => {
    const { redirect } = await authorize({ '/authorize': signInForm, '/login': { status: 307, location: back } })
    expect(await redirect).toEqual(received)
  })
})

describe('cookies', () => {
  it('go back by path, are replaced, and end', async () => {
    const { server, redirect } = await authorize({
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
    const { server, redirect } = await authorize({
      '/authorize': { location: back, headers: { 'set-cookie': 'sid=1' } },
    })
    await redirect
    await form.authorize(taskFor(`${server.origin}/authorize`))
    expect(server.requests[1]?.headers.cookie).toBeUndefined()
  })
})

describe('a page that cannot be used', () => {
  it.each([
    ['needs a script', '<title>App</title><div id="root"></div><script src="/app.js"></script>', 'it needs a script'],
    ['has nothing', '<h1>Hello</h1>', 'has no form to fill in'],
    ['has a frame', '<iframe src="/login"></iframe>', 'may stand in a frame'],
    ['has a captcha', '<form><div></div></form><script src="https://hcaptcha.example/1.js"></script>', 'captcha'],
    [
      'asks for other things',
      '<form method="post"><input name="birthday" type="date"><input name="zip"><button>Go</button></form>',
      'birthday, zip',
    ],
    [
      'sets a new password',
      '<form method="post"><input type="password" name="new1"><input type="password" name="new2"><button>Save</button></form>',
      'new1, new2',
    ],
    [
      'names no fields',
      '<form><input type="email"><input type="password"><button>Log in</button></form>',
      'fields have no names',
    ],
    ['has a broken action', signInForm.replace('/login?step=1', 'http://'), 'not an address'],
  ])('is named with what was found: %s', async (_what, html, found) => {
    const { redirect } = await authorize({ '/authorize': html })
    await expect(redirect).rejects.toMatchObject({
      problem: { code: 'sign-in-page-not-understood', detail: expect.stringContaining(found) },
    })
  })

  it('may be no page', async () => {
    const json = await authorize({ '/authorize': { html: '{}', headers: { 'content-type': 'application/json' } } })
    await expect(json.redirect).rejects.toMatchObject({
      problem: {
        code: 'sign-in-page-not-understood',
        detail: expect.stringContaining('with application/json, not with a page'),
      },
    })
    const empty = await authorize({ '/authorize': { status: 204 } })
    await expect(empty.redirect).rejects.toMatchObject({ problem: { detail: expect.stringContaining('status 204') } })
  })
})

describe('an error page', () => {
  it('is told with status, title, words and code', async () => {
    const { redirect } = await authorize({
      '/authorize': {
        status: 400,
        html: '<title>Error 400</title><script>var x = "invalid_request"</script><h1>Access blocked</h1><p>Error 400: redirect_uri_mismatch</p><form><button>Continue</button></form>',
      },
    })
    await expect(redirect).rejects.toMatchObject({
      problem: {
        code: 'browser-error',
        status: 400,
        detail: expect.stringMatching(/"Error 400".*status 400: Access blocked Error 400: redirect_uri_mismatch/),
        oauth: { error: 'redirect_uri_mismatch' },
      },
    })
  })

  it('may be JSON', async () => {
    const html = '{"error":"invalid_client","error_description":"unknown client"}'
    const { redirect } = await authorize({
      '/authorize': { status: 401, html, headers: { 'content-type': 'application/json' } },
    })
    await expect(redirect).rejects.toMatchObject({
      problem: { code: 'browser-error', oauth: { error: 'invalid_client', error_description: 'unknown client' } },
    })
  })

  it('says when HTTP authentication is asked for', async () => {
    const { redirect } = await authorize({
      '/authorize': { status: 401, headers: { 'www-authenticate': 'Negotiate' }, html: 'x' },
    })
    await expect(redirect).rejects.toMatchObject({
      problem: { detail: expect.stringContaining('HTTP authentication (Negotiate)') },
    })
  })

  it('of 404 and 5xx is an error page though it has a sign-in form', async () => {
    for (const status of [404, 500]) {
      const { redirect } = await authorize({ '/authorize': { status, html: signInForm } })
      await expect(redirect).rejects.toMatchObject({ problem: { code: 'browser-error', status } })
    }
  })
})

describe('bounds', () => {
  it('a circle of redirects ends', async () => {
    const { server, redirect } = await authorize({
      '/authorize': { location: '/b' },
      '/b': { location: '/authorize?client_id=c' },
    })
    await expect(redirect).rejects.toMatchObject({
      problem: { code: 'response-unexpected', detail: expect.stringContaining('round in a circle') },
    })
    expect(server.requests).toHaveLength(6)
  })

  it('a way without end ends after 30 requests', async () => {
    let count = 0
    const { server, redirect } = await authorize({ '/authorize': () => ({ location: `/authorize?n=${++count}` }) })
    await expect(redirect).rejects.toMatchObject({
      problem: { detail: expect.stringContaining('more than 30 requests') },
    })
    expect(server.requests).toHaveLength(30)
  })

  it('a Location that is no address is named', async () => {
    const { redirect } = await authorize({ '/authorize': { location: 'http://' } })
    await expect(redirect).rejects.toMatchObject({ problem: { code: 'response-unexpected' } })
  })

  it('ends when cancelled, between requests and in one', async () => {
    const before = await authorize({}, { signal: AbortSignal.abort() })
    await expect(before.redirect).rejects.toMatchObject({ problem: { code: 'cancelled' } })
    expect(before.server.requests).toEqual([])

    const controller = new AbortController()
    const within = await authorize(
      {
        '/authorize': () => {
          controller.abort()
          return { location: back }
        },
      },
      { signal: controller.signal },
    )
    await expect(within.redirect).rejects.toMatchObject({ name: 'AbortError' })
  })
})
