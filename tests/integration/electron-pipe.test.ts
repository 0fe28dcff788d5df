import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectAsPage, createShells, ours, whyNoShell, type Shells } from '../simulated-electron/shells.ts'
import type { SimulatedElectron } from '../simulated-electron/start.ts'

let shells: Shells
beforeEach(async ({ skip }) => {
  skip(whyNoShell() !== undefined, whyNoShell())
  shells = await createShells()
})
afterEach(() => shells?.close())

describe('the pipe to the engine', () => {
  it('describes what a desktop can do', async () => {
    const { engine } = connectAsPage(await shells.open())
    expect((await engine.describe()).capabilities).toMatchObject({
      openBrowser: true,
      playground: true,
      chooseFolder: true,
      host: 'electron',
    })
  })

  it.each([
    ['another window', { ...ours, contents: 0 }],
    ['a frame in the page', { ...ours, isTop: false }],
    ['another page', { ...ours, url: 'https://evil.test/' }],
    ['another host of our scheme', { ...ours, url: 'app://evil/' }],
    ['a page that only begins like ours', { ...ours, url: 'app://grantlab.evil/' }],
    ['no address', { ...ours, url: '' }],
  ])('answers nobody but the top frame of our page: %s', async (_who, sender) => {
    const started = await shells.open()
    const { engine, page, received } = connectAsPage(started)
    await engine.describe()
    const call = started.desktop.asked.length
    // The same bytes that our page sends, from somebody else.
    await started.electron.main.ask('post', sender, 'engine', page, '{"i":"7","p":{"u":"/describe","b":{}}}')
    await engine.describe()
    expect(received()).toBe(2)
    expect(started.desktop.asked.length).toBe(call + 1)
  })

  it('takes text and bytes with a bound, and nothing else', async () => {
    const started = await shells.open()
    const { engine, page, received } = connectAsPage(started)
    const post = (data: unknown) => started.electron.main.ask('post', ours, 'engine', page, data)
    const call = '{"i":"7","p":{"u":"/describe","b":{}}}'
    await post(' '.repeat(8 * 1024 * 1024) + call)
    await post({ i: '7', p: { u: '/describe', b: {} } })
    await post(null)
    await engine.describe()
    expect(received()).toBe(1)
    await post(call)
    await engine.describe()
    // What was refused above is taken when it is small text: the sender and the call were right.
    expect(received()).toBe(3)
  })

  it('never answers one load of the page with what another asked', async () => {
    const started = await shells.open()
    const before = connectAsPage(started)
    await before.engine.describe()
    await started.electron.main.ask('navigate', ours.url, true)
    // Sent before the reload, arrived after it: nobody waits for its answer any more.
    const late = '{"i":"1","p":{"u":"/describe","b":{}}}'
    const next = connectAsPage(started)
    await started.electron.main.ask('post', ours, 'engine', before.page, late)
    expect(await next.engine.runCommand('profiles list', {})).toMatchObject([
      { name: 'playground' },
      { name: 'telnyx-emulator' },
    ])
    await started.electron.main.ask('post', ours, 'engine', 5, late)
    expect(next.received()).toBe(2)
  })

  it.each([
    ['loaded anew', (electron: SimulatedElectron) => electron.main.ask('navigate', ours.url, true)],
    ['crashed', (electron: SimulatedElectron) => electron.main.ask('crash', 'crashed')],
  ])('ends the streams of a page that was %s and serves the next one', async (_how, happen) => {
    const started = await shells.open()
    const page = connectAsPage(started)
    const { runId } = await page.engine.startRun({
      operation: 'discover',
      parameters: { issuer: 'http://127.0.0.1:9' },
      holdBefore: ['*'],
    })
    const seen = Promise.withResolvers<void>()
    const follow = async () => {
      for await (const event of page.engine.runEvents({ runId })) if (event.type === 'exchange.held') seen.resolve()
    }
    follow().catch(() => undefined)
    await seen.promise
    await happen(started.electron)
    page.leave()
    const next = connectAsPage(started)
    const before = next.received()
    await next.engine.cancelRun({ runId })
    await next.engine.describe()
    // Two answers; the events of the cancelled run went to nobody.
    expect(next.received()).toBe(before + 2)
  })
})

describe('when things go wrong', () => {
  it('a crashed page is loaded anew with a word; twice within a minute Grantlab ends', async () => {
    const { electron, desktop } = await shells.open()
    await electron.main.ask('crash', 'clean-exit')
    expect(desktop.asked.map(({ name }) => name)).not.toContain('reload')
    await electron.main.ask('crash', 'crashed')
    await desktop.next('reload')
    expect(await desktop.next('showMessageBox')).toMatchObject({ message: expect.stringContaining('loaded anew') })
    void electron.main.ask('crash', 'oom').catch(() => undefined)
    expect(await desktop.next('showErrorBox')).toMatchObject({ content: expect.stringContaining('oom') })
    expect(await electron.ended).toBe(5)
  })

  it('a second Grantlab on the same data folder opens no window; the first comes to the front', async () => {
    const second = shells.launch([], { SIMULATED_SECOND_INSTANCE: 'yes' })
    expect(await second.electron.ended).toBe(0)
    expect(second.desktop.asked).toEqual([])
    expect(second.electron.errors()).toContain('open on this data folder already')
    const first = await shells.open()
    await first.desktop.next('show')
    await first.electron.main.ask('secondInstance')
    await first.desktop.next('show')
    await first.desktop.next('focus')
  })

  it('refuses to run without its sandbox', async () => {
    const { electron, desktop } = shells.launch(['--no-sandbox'])
    expect(await electron.ended).toBe(4)
    expect(electron.errors()).toContain('sandbox')
    expect(desktop.asked).toEqual([])
  })

  it('says what is wrong with its flags, without the secret somebody typed', async () => {
    const { electron, desktop } = shells.launch(['--secret', 'hunter2-hunter2', '--workpsace', 'x'])
    expect(await electron.ended).toBe(2)
    expect(electron.errors()).toContain('NAME=ENVVAR')
    expect(electron.errors()).toContain('--workpsace')
    expect(electron.errors()).not.toContain('hunter2')
    expect(desktop.asked).toEqual([])
  })
})
