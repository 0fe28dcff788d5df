import { contextBridge, ipcRenderer } from 'electron'

/** The one channel between the page and the engine; `engine-pipe.ts` holds its other end. */
const channel = 'engine'

// SECURITY: the page gets these two functions and nothing of Electron: no event object, no other channel. What they
// carry is parsed at the other end.
contextBridge.exposeInMainWorld('pipe', {
  post: (data: unknown) => ipcRenderer.send(channel, data),
  onMessage: (listener: (data: unknown) => void) => {
    ipcRenderer.on(channel, (_event, data: unknown) => listener(data))
  },
})
