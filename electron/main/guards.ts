import { shell, type Session, type WebContents } from 'electron'
import { isPageAddress, isWebAddress } from './page-address.ts'

/**
 * Keeps contents where they belong: our page, nothing embedded, no second window. A link to the web opens in the
 * person's browser. SECURITY: set on all contents there will ever be, before they load anything.
 */
export function guardContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (!isPageAddress(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isWebAddress(url)) void shell.openExternal(url).catch(() => undefined)
    return { action: 'deny' }
  })
}

/** What the page may ask of the system: to put text on the clipboard. Reading the clipboard is not among it. */
const permitted = 'clipboard-sanitized-write'

/** Refuses every permission and device but one, every download that the page did not make itself, and every request that is not for our own files. */
export function guardSession(session: Session): void {
  // SECURITY: Electron grants what no handler refuses. A check comes before a request: both must say no.
  session.setPermissionCheckHandler((...[, permission, origin, { isMainFrame }]) =>
    isPermitted({ permission, isMainFrame, address: origin }),
  )
  session.setPermissionRequestHandler((...[, permission, answer, { isMainFrame, requestingUrl }]) =>
    answer(isPermitted({ permission, isMainFrame, address: requestingUrl })),
  )
  session.setDevicePermissionHandler(() => false)
  // SECURITY: a file comes out of the page's own text, never from an address; the person says where it goes.
  session.on('will-download', (event, item) => {
    if (!isOwnText(item.getURL())) event.preventDefault()
  })
  // SECURITY: the engine alone talks to the network, where it is recorded; the page and its browser contact nobody.
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOwnResource(url) }))
}

function isPermitted(asked: { permission: string; isMainFrame: boolean; address: string }): boolean {
  return asked.permission === permitted && asked.isMainFrame && isPageAddress(asked.address)
}

/** What the window's page made, to be saved: `blob:` with the page's own origin behind it. */
function isOwnText(url: string): boolean {
  return url.startsWith('blob:') && isPageAddress(url.slice('blob:'.length))
}

/** Our files, what a page holds in itself, and the developer tools of an unpackaged Grantlab. */
function isOwnResource(url: string): boolean {
  return isPageAddress(url) || /^(data|blob|devtools):/.test(url)
}
