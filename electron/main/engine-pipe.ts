import { RPCHandler } from '@orpc/server/message-port'
import { ipcMain, type IpcMainEvent, type WebContents } from 'electron'
import type { EngineRouter } from '../../src/core/router.ts'
import { isPageAddress } from './page-address.ts'

/** The channel that the preload script posts to. */
const channel = 'engine'

/** Characters or bytes of one message; the longest text that a person may paste fits several times. */
const largestMessage = 8 * 1024 * 1024

/** One load of the page, and its connection to the engine. */
interface Connection {
  page: string
  receive(data: string | Uint8Array): void
  close(): void
}

/**
 * Connects the page of a window to the engine. A page that is loaded anew gets a connection of its own; the streams of
 * the one before end with it, and when the page crashes or the window is closed.
 */
export function connectPage(contents: WebContents, router: EngineRouter): void {
  let connection: Connection | undefined
  let gone: string | undefined
  const disconnect = () => {
    connection?.close()
    gone = connection?.page ?? gone
    connection = undefined
  }
  const receive = (event: IpcMainEvent, page: unknown, data: unknown) => {
    if (!isOurSender(event, contents) || typeof page !== 'string' || !isMessage(data)) return
    // A message of the page before may still arrive after the reload; nobody waits for its answer any more.
    if (page === gone) return
    if (connection?.page !== page) disconnect()
    connection ??= openConnection(router, contents, page)
    connection.receive(data)
  }
  ipcMain.on(channel, receive)
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) disconnect()
  })
  contents.on('render-process-gone', disconnect)
  contents.once('destroyed', () => {
    ipcMain.off(channel, receive)
    disconnect()
  })
}

/**
 * SECURITY: whoever gets a message through here commands the engine. Only the top frame of our own window, showing our
 * own page, may.
 */
function isOurSender({ sender, senderFrame }: IpcMainEvent, contents: WebContents): boolean {
  return sender === contents && senderFrame !== null && senderFrame.parent === null && isPageAddress(senderFrame.url)
}

/** SECURITY: objects are not taken: the router parses text or bytes, and nothing without a bound. */
function isMessage(data: unknown): data is string | Uint8Array {
  if (typeof data === 'string') return data.length <= largestMessage
  return data instanceof Uint8Array && data.byteLength <= largestMessage
}

function openConnection(router: EngineRouter, contents: WebContents, page: string): Connection {
  const ends: (() => void)[] = []
  let isOpen = true
  let deliver: (data: unknown) => void = () => undefined
  const port = {
    postMessage(data: unknown) {
      if (isOpen && !contents.isDestroyed()) contents.send(channel, page, data)
    },
    onMessage: { addListener: (listener: (data: unknown) => void) => (deliver = listener) },
    onDisconnect: { addListener: (listener: () => void) => ends.push(listener) },
  }
  new RPCHandler(router).upgrade(port)
  return {
    page,
    receive: (data) => deliver(data),
    close() {
      isOpen = false
      for (const end of ends) end()
    },
  }
}
