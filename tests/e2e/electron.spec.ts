import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron as electron } from '@playwright/test'
import { readElectronPackage } from '../../scripts/electron/electron-package.js'
import { probeElectron } from '../../scripts/electron/probe-electron.js'
import { expect, expectOutcome, fillForm, run, test } from './support/window.ts'

const project = join(import.meta.dirname, '../..')

test('the page has a pipe and nothing else of its host', { tag: '@electron' }, async ({ window }) => {
  const found = await window.evaluate(() => {
    const { pipe = {} } = globalThis as { pipe?: object }
    const others = ['require', 'process', 'module', 'Buffer', 'electron', 'simulatedElectron']
    return {
      pipe: Object.keys(pipe),
      isFrozen: Object.isFrozen(pipe),
      others: others.filter((name) => name in globalThis),
    }
  })
  expect(found).toEqual({ pipe: ['post', 'onMessage'], isFrozen: true, others: [] })
})

test('a link in the window opens in the person’s browser', { tag: '@electron' }, async ({ window, context }) => {
  const opened = context.waitForEvent('page')
  // Nothing of the outside is loaded by a test: the window only has to hand the address over.
  await window.evaluate(() => globalThis.open('http://127.0.0.1:9/'))
  expect(await opened).not.toBe(window)
  await expect(window).toHaveURL('http://grantlab.localhost/')
})

/** Why the real Electron cannot be tried here; undefined when it can. */
async function whyNoElectron(): Promise<string | undefined> {
  if (process.getuid?.() === 0) return 'as root, Electron would run only without its sandbox'
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display'
  const binary = readElectronPackage(join(project, 'node_modules/electron')).findBinary()
  if (!binary) return 'the binary of Electron is not installed: npx install-electron'
  return probeElectron(binary)
}

test('the real Electron signs in at the playground', { tag: '@electron' }, async () => {
  const reason = await whyNoElectron()
  test.skip(reason !== undefined, reason)
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-real-'))
  const app = await electron.launch({
    args: [project, '--data-dir', join(folder, 'data'), '--workspace', join(folder, 'workspace')],
    cwd: project,
  })
  try {
    const window = await app.firstWindow()
    expect(window.url()).toBe('app://grantlab/')
    expect(await window.evaluate(() => ['pipe', 'require', 'process'].map((name) => name in globalThis))).toEqual([
      true,
      false,
      false,
    ])
    await fillForm(window, 'Authorization code + PKCE', {})
    await window.getByRole('radio', { name: 'Automatic' }).check()
    await run(window)
    await expectOutcome(window, 'succeeded')
  } finally {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  }
})
