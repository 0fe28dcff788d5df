import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { showInChromium } from '../../simulated-electron/chromium-desktop.ts'
import { startSimulatedElectron } from '../../simulated-electron/start.ts'
import { startBrowserHost } from './browser-host.ts'

/** A built host on folders of its own, with the window in the page it was given. */
export interface TestHost {
  /** folder that holds the workspace and the data folder */
  folder: string
  dataFolder: string
  /** an address that lets one page in, once; empty where the window is not reached by an address */
  address: string
  close(): Promise<void>
}

/** Hosts that the same tests run in. */
export type HostName = 'browser' | 'electron'

/** What a host is started with. */
export interface HostOptions {
  environment: Record<string, string>
  /** where the window is shown */
  page: Page
}

/** Starts a built host and shows its window in the page. */
export async function startTestHost(name: HostName, { environment, page }: HostOptions): Promise<TestHost> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-e2e-'))
  const dataFolder = join(folder, 'data')
  const args = ['--data-dir', dataFolder, '--workspace', join(folder, 'workspace')]
  const start = { browser: inBrowser, electron: inElectron }[name]
  const { address, close } = await start({ args, environment, page })
  return {
    folder,
    dataFolder,
    address,
    async close() {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Started = Pick<TestHost, 'address' | 'close'>

async function inBrowser({ args, environment, page }: HostOptions & { args: string[] }): Promise<Started> {
  const host = await startBrowserHost(args, environment)
  await page.goto(host.address)
  return host
}

async function inElectron({ args, environment, page }: HostOptions & { args: string[] }): Promise<Started> {
  const entry = join(import.meta.dirname, '../../../out/main/index.js')
  const desktop = await showInChromium(page)
  const shown = page.waitForLoadState()
  const electron = startSimulatedElectron({ entry, args, environment, desktop })
  const ended = electron.ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${electron.errors()}`)))
  await Promise.race([page.waitForURL('http://grantlab.localhost/'), ended])
  await shown
  ended.catch(() => undefined)
  return { address: '', close: () => electron.close() }
}
