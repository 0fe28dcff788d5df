import { randomUUID } from 'node:crypto'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '../../src/contract/engine.ts'
import { engineOverWire, type EngineWire } from '../../src/contract/wire.ts'
import { startSimulatedElectron, type SimulatedElectron } from './start.ts'
import { createWrittenDesktop, type WrittenDesktop } from './written-desktop.ts'

/** Where the build is; the shell is tested from its sources, the page it shows as it was built. */
export const built = join(import.meta.dirname, '../../out')

/** Why the shell cannot be tested here; undefined when it can. */
export function whyNoShell(): string | undefined {
  return existsSync(join(built, 'renderer/index.html')) ? undefined : 'the window is not built: npm run build'
}

/** The top frame of the one window, showing its own page. */
export const ours = { contents: 1, url: 'app://grantlab/', isTop: true }

/** A shell with what it asked of the desktop. */
export interface Launched {
  electron: SimulatedElectron
  desktop: WrittenDesktop
}

/** Shells on one data folder. */
export interface Shells {
  folder: string
  launch(args?: string[], environment?: Record<string, string>): Launched
  /** Launches and waits until the page is loaded; answers the options of its window, too. */
  open(): Promise<Launched & { options: Record<string, unknown> }>
  close(): Promise<void>
}

/** Makes a folder for shells. */
export async function createShells(): Promise<Shells> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-electron-'))
  const running: SimulatedElectron[] = []
  const launch = (args: string[] = [], environment: Record<string, string> = {}): Launched => {
    const desktop = createWrittenDesktop({ showMessageBox: { response: 0 } })
    const electron = startSimulatedElectron({
      entry: join(import.meta.dirname, '../../electron/main/index.ts'),
      args: ['--data-dir', join(folder, 'data'), '--workspace', join(folder, 'workspace'), ...args],
      environment,
      desktop: () => desktop.answers,
    })
    running.push(electron)
    return { electron, desktop }
  }
  return {
    folder,
    launch,
    async open() {
      const { electron, desktop } = launch()
      const failed = electron.ended.then((code) => Promise.reject(new Error(`${code}: ${electron.errors()}`)))
      failed.catch(() => undefined)
      const options = (await Promise.race([desktop.next('createWindow'), failed])) as Record<string, unknown>
      await Promise.race([desktop.next('load'), failed])
      return { electron, desktop, options }
    },
    async close() {
      await Promise.all(running.map((electron) => electron.close()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The engine as a page of the shell reaches it. */
export interface PageEngine {
  engine: Engine
  /** names this load of the page */
  page: string
  /** how many messages the shell sent to pages so far */
  received(): number
  /** The page is gone: what still comes is not for it. */
  leave(): void
}

/** Connects like the page does, over the simulated pipe. */
export function connectAsPage({ electron, desktop }: Launched): PageEngine {
  const page = randomUUID()
  let listener: ((data: unknown) => void) | undefined
  let isThere = true
  desktop.onAsked('send', ([, to, data]) => {
    if (isThere && to === page) listener?.(data)
  })
  const port = {
    postMessage: (data: unknown) => void electron.main.ask('post', ours, 'engine', page, data),
    onMessage: { addListener: (added: (data: unknown) => void) => (listener = added) },
    onDisconnect: { addListener: () => undefined },
  }
  return {
    page,
    engine: engineOverWire(createORPCClient(new RPCLink({ port })) as unknown as EngineWire),
    received: () => desktop.asked.filter(({ name }) => name === 'send').length,
    leave: () => (isThere = false),
  }
}
