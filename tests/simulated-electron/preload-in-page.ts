declare global {
  interface Window {
    /** hands a message of the main process to the preload script's listeners */
    receiveSimulated?: (channel: string, ...data: unknown[]) => void
    /** what the page asks of the main process */
    simulatedElectron?: (what: string, ...args: unknown[]) => Promise<unknown>
  }
}

/**
 * Runs in the page before any script of it: the built preload script, which may load nothing but Electron and sees the
 * page only through the bridge. In a real Electron it has a world of its own; here a function hides it.
 */
export function preloadInPage(origin: string, preload: (load: (name: string) => unknown) => void): void {
  const ask = window.simulatedElectron
  delete window.simulatedElectron
  if (!ask || location.origin !== origin) return
  const listeners = new Map<string, ((event: object, ...data: unknown[]) => void)[]>()
  Object.defineProperty(window, 'receiveSimulated', {
    value: (channel: string, ...data: unknown[]) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...data)
    },
  })
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: object) =>
        Object.defineProperty(window, name, { value: Object.freeze(api), enumerable: true }),
    },
    ipcRenderer: {
      send: (channel: string, ...data: unknown[]) => void ask('post', channel, ...data),
      on: (channel: string, listener: (event: object, ...data: unknown[]) => void) =>
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    },
  }
  const load = (name: string) => {
    if (name === 'electron') return electron
    throw new Error(`a sandboxed preload script cannot load ${name}`)
  }
  preload(load)

  window.open = (url) => {
    void ask('open', new URL(url ?? '', location.href).href)
    return null
  }
  addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('a[target=_blank]')
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return
    event.preventDefault()
    void ask('open', link.href)
  })
  const { clipboard } = navigator
  const writeText = clipboard.writeText.bind(clipboard)
  clipboard.writeText = async (text) => {
    const { isAnswered } = (await ask('permission', 'clipboard-sanitized-write')) as { isAnswered: boolean }
    if (!isAnswered) throw new DOMException('Write permission denied.', 'NotAllowedError')
    return writeText(text)
  }
}
