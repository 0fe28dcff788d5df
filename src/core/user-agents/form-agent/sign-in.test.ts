import { describe, expect, it } from 'vitest'
import { testRedirectUri } from '../testing/agent-task.ts'
import { back, received, signInAt, signInForm } from '../testing/sign-in-at.ts'

describe('signing in', () => {
  it('fills in one page, keeps hidden fields, presses the first button, and stops at the redirect URI', async () => {
    const { server, task, redirect } = await signInAt({
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
    const { server, task, redirect } = await signInAt({
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
    const { redirect } = await signInAt({ '/authorize': { location: back } }, { user: undefined })
    expect(await redirect).toEqual(received)
  })

  it('says how to name a user when one is needed', async () => {
    const { redirect } = await signInAt({ '/authorize': signInForm }, { user: undefined })
    await expect(redirect).rejects.toMatchObject({
      problem: {
        code: 'needs-person',
        detail: expect.stringContaining('"Sign in"'),
        whatToDo: expect.arrayContaining([expect.stringContaining('(user) and its password (password)')]),
      },
    })
  })

  it('says that a one-time code needs a person', async () => {
    const { redirect } = await signInAt({
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
    const { server, redirect } = await signInAt({
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
    const { redirect } = await signInAt({ '/authorize': page, '/name': page })
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
      const { server, task, redirect } = await signInAt(
        { '/authorize': page, '/consent': { location: back } },
        { consent },
      )
      expect(await redirect).toEqual(received)
      expect(server.requests[1]?.form.decision).toBe(consent)
      expect(task.purposes).toEqual(['authorization', 'consent'])
    }
  })

  it('is given without being asked, with the boxes as the page has them', async () => {
    const { server, redirect } = await signInAt({ '/authorize': twoButtons, '/consent': { location: back } })
    await redirect
    expect(server.requests[1]?.body).toBe('id=7&scope=openid&decision=allow')
  })

  it('is refused by a link', async () => {
    const { server, redirect } = await signInAt(
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
    const { redirect } = await signInAt(
      { '/authorize': `<form method="post"><button>Continue</button></form>` },
      { consent: 'deny' },
    )
    await expect(redirect).rejects.toMatchObject({
      problem: { code: 'sign-in-page-not-understood', detail: expect.stringContaining('no way to refuse') },
    })
  })

  it('that is asked for ever ends', async () => {
    const { redirect } = await signInAt({
      '/authorize': twoButtons,
      '/consent': ({ url }) => twoButtons.replace('value="7"', `value="${url.href}${Math.random()}"`),
    })
    await expect(redirect).rejects.toMatchObject({
      problem: { code: 'response-unexpected', detail: expect.stringContaining('again and again') },
    })
  })
})
