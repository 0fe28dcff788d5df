import { describe, expect, it } from 'vitest'
import { back, signInAt, signInForm } from '../testing/sign-in-at.ts'

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
    const { redirect } = await signInAt({ '/authorize': html })
    await expect(redirect).rejects.toMatchObject({
      problem: { code: 'sign-in-page-not-understood', detail: expect.stringContaining(found) },
    })
  })

  it('may be no page', async () => {
    const json = await signInAt({ '/authorize': { html: '{}', headers: { 'content-type': 'application/json' } } })
    await expect(json.redirect).rejects.toMatchObject({
      problem: {
        code: 'sign-in-page-not-understood',
        detail: expect.stringContaining('with application/json, not with a page'),
      },
    })
    const empty = await signInAt({ '/authorize': { status: 204 } })
    await expect(empty.redirect).rejects.toMatchObject({ problem: { detail: expect.stringContaining('status 204') } })
  })
})

describe('an error page', () => {
  it('is told with status, title, words and code', async () => {
    const { redirect } = await signInAt({
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
    const { redirect } = await signInAt({
      '/authorize': { status: 401, html, headers: { 'content-type': 'application/json' } },
    })
    await expect(redirect).rejects.toMatchObject({
      problem: { code: 'browser-error', oauth: { error: 'invalid_client', error_description: 'unknown client' } },
    })
  })

  it('says when HTTP authentication is asked for', async () => {
    const { redirect } = await signInAt({
      '/authorize': { status: 401, headers: { 'www-authenticate': 'Negotiate' }, html: 'x' },
    })
    await expect(redirect).rejects.toMatchObject({
      problem: { detail: expect.stringContaining('HTTP authentication (Negotiate)') },
    })
  })

  it('of 404 and 5xx is an error page though it has a sign-in form', async () => {
    for (const status of [404, 500]) {
      const { redirect } = await signInAt({ '/authorize': { status, html: signInForm } })
      await expect(redirect).rejects.toMatchObject({ problem: { code: 'browser-error', status } })
    }
  })
})

describe('bounds', () => {
  it('a circle of redirects ends', async () => {
    const { server, redirect } = await signInAt({
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
    const { server, redirect } = await signInAt({ '/authorize': () => ({ location: `/authorize?n=${++count}` }) })
    await expect(redirect).rejects.toMatchObject({
      problem: { detail: expect.stringContaining('more than 30 requests') },
    })
    expect(server.requests).toHaveLength(30)
  })

  it('a Location that is no address is named', async () => {
    const { redirect } = await signInAt({ '/authorize': { location: 'http://' } })
    await expect(redirect).rejects.toMatchObject({ problem: { code: 'response-unexpected' } })
  })

  it('ends when cancelled, between requests and in one', async () => {
    const before = await signInAt({}, { signal: AbortSignal.abort() })
    await expect(before.redirect).rejects.toMatchObject({ problem: { code: 'cancelled' } })
    expect(before.server.requests).toEqual([])

    const controller = new AbortController()
    const within = await signInAt(
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
