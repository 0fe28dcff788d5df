import { describe, expect, it } from 'vitest'
import { isListening, openSocket, readToEnd, sendForm, sendRequest } from './testing/send-request.ts'
import { isPending, listenAs, startHub } from './testing/start-hub.ts'

describe('an answer with the right state', () => {
  it('resolves with the whole address and every parameter, and shows a calm page', async () => {
    const wait = await listenAs(startHub())
    expect(wait.redirectUri).toBe(`http://127.0.0.1:${wait.port}/callback`)
    expect(wait.listeningAt).toBe(wait.redirectUri)
    const page = await sendRequest({ port: wait.port, path: '/callback?code=a%2Fb+c&state=right&iss=x&extra=' })
    expect(page.status).toBe(200)
    expect(page.body).toContain('Signed in')
    expect(await wait.received).toEqual({
      url: `http://127.0.0.1:${wait.port}/callback?code=a%2Fb+c&state=right&iss=x&extra=`,
      method: 'GET',
      parameters: [
        ['code', 'a/b c'],
        ['state', 'right'],
        ['iss', 'x'],
        ['extra', ''],
      ],
      via: 'loopback',
    })
    expect(wait.ignored).toEqual([])
  })

  it('keeps the code out of caches, referrers and frames', async () => {
    const wait = await listenAs(startHub())
    const { headers } = await sendRequest({ port: wait.port, path: '/callback?code=a&state=right' })
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-type': 'text/html; charset=utf-8',
      connection: 'close',
    })
    expect(headers['content-security-policy']).toContain(`frame-ancestors 'none'`)
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('may be an error, which the page shows escaped', async () => {
    const wait = await listenAs(startHub())
    const page = await sendRequest({
      port: wait.port,
      path: '/callback?error=access_denied&error_description=%3Cb%3Eno%3C%2Fb%3E&state=right',
    })
    expect(page.body).toContain('access_denied')
    expect(page.body).toContain('&lt;b&gt;no&lt;/b&gt;')
    expect((await wait.received).parameters).toContainEqual(['error', 'access_denied'])
  })

  it('may be posted as a form', async () => {
    const wait = await listenAs(startHub())
    const page = await sendForm({ port: wait.port, path: '/callback', form: { code: 'a', state: 'right' } })
    expect(page.status).toBe(200)
    expect(page.body).toContain('history.replaceState(')
    expect(await wait.received).toEqual({
      url: wait.redirectUri,
      method: 'POST',
      parameters: [
        ['code', 'a'],
        ['state', 'right'],
      ],
      via: 'loopback',
    })
  })

  it('may come in the fragment, which the page posts back', async () => {
    const wait = await listenAs(startHub())
    const page = await sendRequest({ port: wait.port, path: '/callback' })
    expect(page.status).toBe(200)
    expect(page.body).toContain('form.submit()')
    expect(await isPending(wait.received)).toBe(true)
    const fragment = 'access_token=t%2B1&state=right&token_type=Bearer'
    const result = await sendForm({ port: wait.port, path: '/callback', form: { grantlab_fragment: fragment } })
    expect(result.body).toContain('Signed in')
    expect(await wait.received).toEqual({
      url: `${wait.redirectUri}#${fragment}`,
      method: 'GET',
      parameters: [
        ['access_token', 't+1'],
        ['state', 'right'],
        ['token_type', 'Bearer'],
      ],
      via: 'loopback',
    })
    expect(wait.ignored).toEqual([])
  })

  it('is used once: the same again gets a calm page and is not recorded', async () => {
    const wait = await listenAs(startHub())
    const path = '/callback?code=a&state=right'
    await sendRequest({ port: wait.port, path })
    const again = await sendRequest({ port: wait.port, path })
    expect(again.status).toBe(200)
    expect(again.body).toContain('has this answer already')
    const cleaned = await sendRequest({ port: wait.port, path: '/callback' })
    expect(cleaned.body).toContain('has this answer already')
    await sendRequest({ port: wait.port, path: '/callback?code=other&state=right' })
    expect((await wait.received).parameters).toContainEqual(['code', 'a'])
    expect(wait.ignored).toEqual([])
  })

  it('resolves though the browser is gone before it reads the page', async () => {
    const wait = await listenAs(startHub())
    const socket = await openSocket(wait.port)
    socket.end(`GET /callback?code=a&state=right HTTP/1.1\r\nHost: 127.0.0.1:${wait.port}\r\n\r\n`, () =>
      socket.destroy(),
    )
    expect((await wait.received).parameters).toContainEqual(['code', 'a'])
  })
})

describe('an answer with another state', () => {
  it.each([
    ['another', '/callback?code=a&state=Right', 'Right'],
    ['none', '/callback?code=a', 'absent'],
    ['two', '/callback?code=a&state=right&state=wrong', 'right, wrong'],
    ['a longer one', '/callback?code=a&state=right%20', 'right '],
  ])('(%s) is recorded with what differs, and the wait goes on', async (_what, path, received) => {
    const wait = await listenAs(startHub())
    const page = await sendRequest({ port: wait.port, path })
    expect(page.status).toBe(400)
    expect(page.body).toContain('belongs to another sign-in')
    expect(wait.ignored).toHaveLength(1)
    expect(wait.ignored[0]?.differs).toEqual([{ name: 'state', expected: 'right', received }])
    expect(wait.ignored[0]?.redirect).toMatchObject({ url: `http://127.0.0.1:${wait.port}${path}`, method: 'GET' })
    expect(await isPending(wait.received)).toBe(true)
    await sendRequest({ port: wait.port, path: '/callback?code=b&state=right' })
    expect((await wait.received).parameters).toContainEqual(['code', 'b'])
  })

  it('is recorded from a form and from a fragment too', async () => {
    const wait = await listenAs(startHub())
    await sendForm({ port: wait.port, path: '/callback', form: { code: 'a' } })
    await sendForm({ port: wait.port, path: '/callback', form: { grantlab_fragment: 'code=a&state=x' } })
    expect(wait.ignored.map(({ redirect, differs }) => [redirect.method, differs[0]?.received])).toEqual([
      ['POST', 'absent'],
      ['GET', 'x'],
    ])
  })

  it('is recorded at most 50 times', async () => {
    const wait = await listenAs(startHub())
    for (let n = 0; n < 60; n++) await sendRequest({ port: wait.port, path: `/callback?state=${n}` })
    expect(wait.ignored).toHaveLength(50)
  })

  it('fails the wait when it cannot be recorded', async () => {
    const hub = startHub()
    const listener = await hub.listen({
      runId: 'run-1',
      redirectUri: 'http://127.0.0.1:0/cb',
      state: 'right',
      signal: new AbortController().signal,
      onIgnored: () => {
        throw new Error('disk full')
      },
    })
    const page = await sendRequest({ port: Number(new URL(listener.redirectUri).port), path: '/cb?state=x' })
    expect(page.status).toBe(400)
    await expect(listener.received).rejects.toThrow('disk full')
  })
})

describe('an answer without state, when none was sent', () => {
  it('resolves whatever it carries', async () => {
    const wait = await listenAs(startHub(), { state: null })
    await sendRequest({ port: wait.port, path: '/callback?code=a&state=unasked' })
    expect((await wait.received).parameters).toContainEqual(['state', 'unasked'])
  })
})

describe('everything else', () => {
  it.each([
    ['another path', { path: '/other?code=a&state=right' }, 404],
    ['a longer path', { path: '/callback/?code=a&state=right' }, 404],
    ['another case', { path: '/Callback?code=a&state=right' }, 404],
    ['an encoded path', { path: '/%63allback?code=a&state=right' }, 404],
    ['the icon', { path: '/favicon.ico' }, 404],
    ['a foreign host', { path: '/callback?code=a&state=right', host: 'evil.example' }, 421],
    ['localhost for 127.0.0.1', { path: '/callback?code=a&state=right', host: 'localhost:PORT' }, 421],
    ['a host without its port', { path: '/callback?code=a&state=right', host: '127.0.0.1' }, 421],
    ['another port', { path: '/callback?code=a&state=right', host: '127.0.0.1:1' }, 421],
    ['an absolute target of https', { path: 'https://127.0.0.1:PORT/callback?code=a&state=right' }, 404],
    ['HEAD', { path: '/callback?code=a&state=right', method: 'HEAD' }, 405],
    ['DELETE', { path: '/callback?code=a&state=right', method: 'DELETE' }, 405],
    ['a JSON body', { path: '/callback', method: 'POST', headers: { 'content-type': 'application/json' } }, 415],
  ])('(%s) is refused and not recorded', async (_what, sent, status) => {
    const wait = await listenAs(startHub())
    const here = (text: string) => text.replace('PORT', String(wait.port))
    const host = 'host' in sent && sent.host ? { host: here(sent.host) } : {}
    const answer = await sendRequest({ ...sent, port: wait.port, path: here(sent.path), ...host })
    expect(answer.status).toBe(status)
    expect(wait.ignored).toEqual([])
    expect(await isPending(wait.received)).toBe(true)
  })

  it('takes the host in any case, but only one of it', async () => {
    const wait = await listenAs(startHub(), { redirectUri: 'http://localhost:0/cb' })
    const twice = await openSocket(wait.port)
    const host = `Host: localhost:${wait.port}\r\n`
    twice.write(`GET /cb?code=a&state=right HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`)
    expect(await readToEnd(twice)).toMatch(/^HTTP\/1\.1 4(00|21)/)
    expect(await isPending(wait.received)).toBe(true)
    await sendRequest({ port: wait.port, path: '/cb?code=a&state=right', host: `LOCALHOST:${wait.port}` })
    expect((await wait.received).method).toBe('GET')
  })

  it('a visit or a form without an answer is not recorded', async () => {
    const wait = await listenAs(startHub())
    expect((await sendRequest({ port: wait.port, path: '/callback?utm=x' })).body).toContain('waits for an answer here')
    expect((await sendForm({ port: wait.port, path: '/callback', form: { a: 'b' } })).status).toBe(400)
    expect((await sendForm({ port: wait.port, path: '/callback', form: { grantlab_fragment: '_=_' } })).status).toBe(
      200,
    )
    expect(wait.ignored).toEqual([])
    expect(await isPending(wait.received)).toBe(true)
  })
})

describe('a registered query', () => {
  it('must come back and is handed on with the rest', async () => {
    const wait = await listenAs(startHub(), { redirectUri: 'http://127.0.0.1:0/cb?tenant=a&x=%20' })
    expect(wait.redirectUri).toBe(`http://127.0.0.1:${wait.port}/cb?tenant=a&x=%20`)
    for (const query of ['', '?code=c&state=right', '?tenant=b&x=+&code=c&state=right']) {
      expect((await sendRequest({ port: wait.port, path: `/cb${query}` })).status).toBe(404)
    }
    const page = await sendRequest({ port: wait.port, path: '/cb?tenant=a&x=%20&code=c&state=right' })
    expect(page.body).toContain('data-address="/cb?tenant=a&amp;x=%20"')
    expect((await wait.received).parameters).toEqual([
      ['tenant', 'a'],
      ['x', ' '],
      ['code', 'c'],
      ['state', 'right'],
    ])
  })

  it('named like a response parameter is not taken for the answer', async () => {
    const wait = await listenAs(startHub(), { redirectUri: 'http://127.0.0.1:0/cb?state=mine' })
    const visit = await sendRequest({ port: wait.port, path: '/cb?state=mine' })
    expect(visit.body).toContain('form.submit()')
    await sendRequest({ port: wait.port, path: '/cb?state=mine&code=c&state=right' })
    expect((await wait.received).parameters).toHaveLength(3)
  })
})

describe('any registered form of the address', () => {
  it.each(['http://127.0.0.1:0', 'http://127.0.0.1:0/', 'http://127.0.0.1:0/a/deep/päth'])(
    '%s',
    async (redirectUri) => {
      const wait = await listenAs(startHub(), { redirectUri })
      const { pathname } = new URL(wait.redirectUri)
      await sendRequest({ port: wait.port, path: `${pathname}?code=a&state=right` })
      expect((await wait.received).parameters).toHaveLength(2)
      expect(wait.redirectUri).toBe(redirectUri.replace(':0', `:${wait.port}`))
    },
  )
})

describe('an end without an answer', () => {
  it('close rejects the wait, frees the port, and may be called again', async () => {
    const wait = await listenAs(startHub())
    await wait.close()
    await wait.close()
    await expect(wait.received).rejects.toMatchObject({ problem: { code: 'cancelled' } })
    expect(await isListening(wait.port)).toBe(false)
  })

  it('the signal rejects the wait and frees the port', async () => {
    const hub = startHub()
    const wait = await listenAs(hub)
    wait.cancel()
    await expect(wait.received).rejects.toMatchObject({ problem: { code: 'cancelled' } })
    await wait.close()
    expect(await isListening(wait.port)).toBe(false)
  })

  it('an aborted signal binds nothing', async () => {
    const hub = startHub()
    const listening = hub.listen({
      runId: 'run-1',
      redirectUri: 'http://127.0.0.1:0/cb',
      state: 'right',
      signal: AbortSignal.abort(),
      onIgnored: () => undefined,
    })
    await expect(listening).rejects.toMatchObject({ problem: { code: 'cancelled' } })
  })

  it('closing the hub ends every wait and listens no more', async () => {
    const hub = startHub()
    const [first, second] = [await listenAs(hub), await listenAs(hub)]
    await hub.close()
    await expect(first.received).rejects.toMatchObject({ problem: { code: 'cancelled' } })
    await expect(second.received).rejects.toMatchObject({ problem: { code: 'cancelled' } })
    expect(await isListening(first.port)).toBe(false)
    await expect(listenAs(hub)).rejects.toMatchObject({ problem: { code: 'cancelled' } })
  })
})
