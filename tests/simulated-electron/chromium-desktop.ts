import { readFileSync } from 'node:fs'
import type { Frame, Page, Route } from '@playwright/test'
import type { Answers, Link } from './link.ts'
import { preloadInPage } from './preload-in-page.ts'

/** The window's origin, and the one that stands for it in a Chromium that knows no schemes of an application. */
const appOrigin = 'app://grantlab'
const pageOrigin = 'http://grantlab.localhost'

const inApp = (url: string) => (url.startsWith(`${pageOrigin}/`) ? appOrigin + url.slice(pageOrigin.length) : url)
const inPage = (url: string) => (url.startsWith(`${appOrigin}/`) ? pageOrigin + url.slice(appOrigin.length) : url)

interface Answer {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

/** Prepares a page to be the application's one window; answers what stands for the desktop. */
export async function showInChromium(page: Page): Promise<(main: Link) => Answers> {
  let main: Link
  const loading = { byApplication: false }
  await page.exposeBinding('simulatedElectron', ({ frame }, what: string, ...args: unknown[]) => {
    const sender = { contents: 1, url: inApp(frame.url()), isTop: frame.parentFrame() === null }
    if (what === 'post') return main.ask('post', sender, ...args)
    if (what === 'open') return main.ask('openWindow', ...args)
    return main.ask('isPermitted', args[0], { url: sender.url, isMainFrame: sender.isTop })
  })
  await page.route('**/*', (route) => answerRoute(route, main, loading))
  return (link) => {
    main = link
    return answersOf(page, loading)
  }
}

function answersOf(page: Page, loading: { byApplication: boolean }): Answers {
  let sent: Promise<unknown> = Promise.resolve()
  let created: Promise<unknown> = Promise.resolve()
  const load = async (go: () => Promise<unknown>) => {
    await created
    loading.byApplication = true
    await go()
  }
  return {
    createWindow: (options: { webPreferences: { preload: string } }) => {
      const script = readFileSync(options.webPreferences.preload, 'utf8')
      // As text: the page's policy lets nobody make a function of one.
      const content = `(${preloadInPage.toString()})(${JSON.stringify(pageOrigin)}, (require) => {${script}\n})`
      created = page.addInitScript({ content })
    },
    load: (url: string) => load(() => page.goto(inPage(url))),
    reload: () => load(() => page.reload()),
    send: (...message: [string, ...unknown[]]) => {
      const receive = (given: [string, ...unknown[]]) => window.receiveSimulated?.(...given)
      sent = sent.then(() => page.evaluate(receive, message)).catch(() => undefined)
    },
    openExternal: async (url: string) => {
      const opened = await page.context().newPage()
      await opened.goto(url)
    },
    show: () => page.bringToFront(),
    focus: () => page.bringToFront(),
    closeWindow: () => undefined,
    showErrorBox: () => undefined,
    showMessageBox: () => ({ response: 0 }),
    showOpenDialog: () => ({ canceled: true, filePaths: [] }),
  }
}

async function answerRoute(route: Route, main: Link, loading: { byApplication: boolean }): Promise<void> {
  const request = route.request()
  const url = inApp(request.url())
  if (request.isNavigationRequest()) {
    const isTop = isTopFrame(request.frame())
    const isByPage = isTop && !loading.byApplication
    if (isTop) loading.byApplication = false
    const asked = isTop ? main.ask('navigate', url, isByPage) : main.ask('navigateFrame', url)
    const { isPrevented } = (await asked) as { isPrevented: boolean }
    if (isPrevented) return route.abort('aborted')
  }
  if (!(await main.ask('mayLoad', url))) return route.abort('blockedbyclient')
  if (!url.startsWith('app:')) return route.continue()
  const { status, headers, body } = (await main.ask('request', url, request.method())) as Answer
  await route.fulfill({ status, headers, body: Buffer.from(body) })
}

function isTopFrame(frame: Frame): boolean {
  return frame.parentFrame() === null
}
