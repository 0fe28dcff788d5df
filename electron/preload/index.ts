import { contextBridge, ipcRenderer } from 'electron'

/** The one channel between the page and the engine; `engine-pipe.ts` holds its other end. */
const channel = 'engine'
/** This load of the page. After a reload, answers to the page before must not be taken for answers to this one. */
const page = crypto.randomUUID()

// SECURITY: the page gets these two functions and nothing of Electron: no event object, no other channel. What they
// carry is parsed at the other end.
contextBridge.exposeInMainWorld('pipe', {
  post: (data: unknown) => ipcRenderer.send(channel, page, data),
  onMessage: (listener: (data: unknown) => void) => {
    ipcRenderer.on(channel, (_event, to: unknown, data: unknown) => {
      if (to === page) listener(data)
    })
  },
})
