import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { startHttpServer } from '../support/http-server.ts'
import { startBrowserHost, type BrowserHost } from './support/browser-host.ts'

/** Everything a page can try against another origin, as what came of each. */
function tryEverything(page: Page, origin: string, script: string) {
  return page.evaluate(
    async ([at, file]) => {
      const outcome = (work: Promise<unknown>) =>
        work.then(
          (value) => `got ${String(value)}`,
          () => 'refused',
        )
      const read = (path: string, init?: RequestInit) =>
        outcome(fetch(`${at}${path}`, init).then((response) => response.text()))
      const embed = (tag: 'script' | 'img', src: string) =>
        outcome(
          new Promise((resolve, reject) => {
            const element = document.createElement(tag)
            element.addEventListener('load', () => resolve('loaded'))
            element.addEventListener('error', reject)
            element.src = src
            document.body.append(element)
          }),
        )
      const connect = outcome(
        new Promise((resolve, reject) => {
          const socket = new WebSocket(`${at.replace('http', 'ws')}/rpc`, ['grantlab', 'session.x'])
          socket.addEventListener('open', resolve)
          socket.addEventListener('error', reject)
        }),
      )
      const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"token":"x"}' }
      return {
        page: await read('/'),
        withCredentials: await read('/', { credentials: 'include' }),
        script: await read(new URL(file).pathname),
        session: await read('/session', json),
        simpleSession: await read('/session', { ...json, headers: {} }),
        embeddedScript: await embed('script', file),
        socket: await connect,
      }
    },
    [origin, script] as const,
  )
}

const titleOf = (title: string) => `<!doctype html><title>${title}</title>`

test.describe('a second loopback server in the same browser', { tag: '@browser' }, () => {
  let host: BrowserHost
  let folder: string
  let other: Awaited<ReturnType<typeof startHttpServer>>
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'grantlab-e2e-'))
    host = await startBrowserHost(['--data-dir', folder])
    other = await startHttpServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end(titleOf('other'))
    })
  })
  test.afterEach(async () => {
    await other.close()
    await host.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('reads nothing, embeds nothing and is sent nothing', async ({ context }) => {
    const window = await context.newPage()
    await window.goto(host.address)
    await expect.poll(() => window.evaluate(() => sessionStorage.length)).toBeGreaterThan(0)
    const session = await window.evaluate(() => Object.values(sessionStorage).join())
    const script = await window.evaluate(() => document.querySelector('script')?.src ?? '')
    expect(new URL(script).origin).toBe(host.origin)
    expect(window.url()).toBe(`${host.origin}/`)

    const page = await context.newPage()
    await page.goto(other.origin)
    const tried = await tryEverything(page, host.origin, script)
    expect(Object.entries(tried).filter(([, outcome]) => outcome !== 'refused')).toEqual([])

    // Nothing of ours travels by itself: no cookie, and no address.
    expect(await context.cookies()).toEqual([])
    for (const { headers } of other.requests) {
      expect(headers.cookie).toBeUndefined()
      expect(JSON.stringify(headers)).not.toContain(host.origin)
      expect(JSON.stringify(headers)).not.toContain(session)
    }
  })

  test('can neither frame the window nor hold on to one it opens', async ({ context }) => {
    const page = await context.newPage()
    await page.goto(other.origin)
    const framed = await page.evaluate(async (src) => {
      const frame = document.createElement('iframe')
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
      frame.src = src
      document.body.append(frame)
      await loaded
      return frames.length
    }, host.address)
    expect(framed).toBe(1)
    expect(page.frames()[1]?.url()).toBe('chrome-error://chromewebdata/')

    const opened = context.waitForEvent('page')
    await page.evaluate((address) => {
      Object.assign(globalThis, { held: globalThis.open(address) })
    }, host.address)
    const window = await opened
    await expect.poll(() => window.evaluate(() => sessionStorage.length)).toBeGreaterThan(0)
    expect(await window.evaluate(() => globalThis.opener === null)).toBe(true)
    expect(await page.evaluate(() => (globalThis as { held?: Window }).held?.closed)).toBe(true)
  })
})
