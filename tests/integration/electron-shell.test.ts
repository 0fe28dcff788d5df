import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { built, createShells, ours, whyNoShell, type Shells } from '../simulated-electron/shells.ts'

let shells: Shells
beforeEach(async ({ skip }) => {
  skip(whyNoShell() !== undefined, whyNoShell())
  shells = await createShells()
})
afterEach(() => shells?.close())

describe('the window', () => {
  it('is sandboxed, isolated and without Node', async () => {
    const { options, desktop, electron } = await shells.open()
    expect(options).toMatchObject({ width: 1280, height: 800, minWidth: 900, minHeight: 600, show: false })
    expect(options.webPreferences).toEqual({
      preload: join(built, 'preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: true,
    })
    await desktop.next('show')
    expect(await electron.main.ask('facts')).toMatchObject({
      isSandboxed: true,
      switches: expect.arrayContaining(['disable-background-networking', 'no-pings', 'password-store=basic']),
      paths: { userData: join(shells.folder, 'data', 'browser-profiles', 'electron') },
      ...(process.platform === 'darwin' ? {} : { menus: [null] }),
    })
    expect(await electron.main.ask('schemes')).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
    expect((await stat(join(shells.folder, 'data', 'browser-profiles', 'electron'))).mode & 0o077).toBe(0)
  })

  it('opens where it was, and ends with the last window', async () => {
    const first = await shells.open()
    void first.electron.main.ask('closeByPerson')
    expect(await first.electron.ended).toBe(0)
    expect(first.electron.errors()).toBe('')
    const second = await shells.open()
    expect(second.options).toMatchObject({ x: 20, y: 30, width: 1000, height: 700 })
  })

  it('ends when the system asks it to', async () => {
    const { electron } = await shells.open()
    await electron.close()
    expect(await electron.ended).toBe(0)
  })

  it('keeps nothing of the window but its place', async () => {
    const { electron } = await shells.open()
    void electron.main.ask('closeByPerson')
    await electron.ended
    expect(JSON.parse(await readFile(join(shells.folder, 'data', 'window.json'), 'utf8'))).toEqual({
      x: 20,
      y: 30,
      width: 1000,
      height: 700,
      isMaximized: false,
    })
  })
})

interface PageAnswer {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

describe('the page', () => {
  it('comes with a policy and a fresh nonce', async () => {
    const { electron } = await shells.open()
    const nonces = new Set<string>()
    for (let count = 0; count < 3; count++) {
      const { status, headers, body } = (await electron.main.ask('request', ours.url, 'GET')) as PageAnswer
      expect(status).toBe(200)
      const policy = String(headers['content-security-policy']).split('; ')
      expect(policy).toEqual([
        `default-src 'none'`,
        `script-src 'self'`,
        expect.stringMatching(/^style-src 'self' 'nonce-[\w+/]{24}'$/),
        `style-src-attr 'unsafe-inline'`,
        `img-src 'self' data:`,
        `font-src 'self'`,
        `connect-src 'self'`,
        `worker-src 'self'`,
        `base-uri 'none'`,
        `form-action 'none'`,
        `frame-ancestors 'none'`,
      ])
      const nonce = /'nonce-([^']+)'/.exec(policy.join())?.[1] ?? ''
      expect(Buffer.from(body).toString()).toContain(`<meta property="csp-nonce" nonce="${nonce}"`)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
  })

  it('brings its scripts with their type, and nothing beside them', async () => {
    const { electron } = await shells.open()
    const request = async (url: string, method = 'GET') =>
      (await electron.main.ask('request', url, method)) as PageAnswer
    const { body } = await request(ours.url)
    const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(Buffer.from(body).toString())?.[1]
    expect(await request(`app://grantlab${script}`)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff' },
    })
    for (const url of [
      'app://grantlab/../main/index.js',
      'app://grantlab/%2e%2e/main/index.js',
      'app://grantlab/..%2fmain/index.js',
      'app://grantlab/assets/..%5c..%5cmain%5cindex.js',
      'app://grantlab//etc/passwd',
      'app://grantlab/assets/',
      'app://other/',
    ]) {
      expect(await request(url), url).toMatchObject({ status: 404, body: new Uint8Array() })
    }
    expect(await request(ours.url, 'POST')).toMatchObject({ status: 404 })
  })
})

describe('guards', () => {
  const elsewhere = [
    'https://evil.test/',
    'http://127.0.0.1:1/',
    'app://evil/',
    'app://grantlab.evil/',
    'app://grantlab@evil/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:alert(1)',
    'about:blank',
  ]

  it('the page cannot be led away, nor can a frame in it', async () => {
    const { electron } = await shells.open()
    for (const url of elsewhere) {
      expect(await electron.main.ask('navigate', url, true), url).toEqual({ isPrevented: true })
      expect(await electron.main.ask('navigateFrame', url), url).toEqual({ isPrevented: true })
    }
    expect(await electron.main.ask('navigate', ours.url, true)).toEqual({ isPrevented: false })
  })

  it('no second window opens; web addresses go to the person’s browser and others nowhere', async () => {
    const { electron, desktop } = await shells.open()
    for (const url of [...elsewhere, ours.url]) {
      expect(await electron.main.ask('openWindow', url), url).toEqual({ action: 'deny' })
    }
    const opened = desktop.asked.filter(({ name }) => name === 'openExternal').map(({ args }) => args[0])
    expect(opened).toEqual(elsewhere.filter((url) => url.startsWith('http')))
  })

  it('nothing is embedded, and nothing downloaded but what the page made itself', async () => {
    const { electron } = await shells.open()
    expect(await electron.main.ask('attachWebview')).toEqual({ isPrevented: true })
    const texts = ['blob:https://example.test/1', 'blob:app://grantlab.test/1', 'blob:null/1', 'data:text/html,1']
    for (const url of [...elsewhere, ...texts, ours.url]) {
      expect(await electron.main.ask('download', url), url).toEqual({ isPrevented: true })
    }
    expect(await electron.main.ask('download', 'blob:app://grantlab/1')).toEqual({ isPrevented: false })
  })

  it('every permission is refused, but putting text on the clipboard', async () => {
    const { electron } = await shells.open()
    const isPermitted = (permission: string, from: object = {}) =>
      electron.main.ask('isPermitted', permission, { url: ours.url, isMainFrame: true, ...from })
    const no = { isChecked: false, isAnswered: false, device: false }
    for (const permission of [
      'clipboard-read',
      'deprecated-sync-clipboard-read',
      'display-capture',
      'fileSystem',
      'fullscreen',
      'geolocation',
      'hid',
      'idle-detection',
      'media',
      'mediaKeySystem',
      'midi',
      'notifications',
      'openExternal',
      'pointerLock',
      'serial',
      'storage-access',
      'usb',
      'window-management',
      'a-permission-of-tomorrow',
    ]) {
      expect(await isPermitted(permission), permission).toEqual(no)
    }
    const write = 'clipboard-sanitized-write'
    expect(await isPermitted(write)).toEqual({ isChecked: true, isAnswered: true, device: false })
    expect(await isPermitted(write, { url: 'https://evil.test/' })).toEqual(no)
    expect(await isPermitted(write, { isMainFrame: false })).toEqual(no)
  })

  it('the window’s own browser reaches nothing but our files', async () => {
    const { electron } = await shells.open()
    const foreign = ['https://update.example/', 'http://127.0.0.1:1/', 'ws://127.0.0.1:1/', 'file:///etc/passwd']
    for (const url of foreign) expect(await electron.main.ask('mayLoad', url), url).toBe(false)
    for (const url of [ours.url, 'data:image/png;base64,', 'blob:app://grantlab/x']) {
      expect(await electron.main.ask('mayLoad', url), url).toBe(true)
    }
  })
})
