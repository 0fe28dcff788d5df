import { connectEngine } from './app/engine.ts'
import { mountWindow } from './app/mount-window.ts'
import { openSession } from './app/session.ts'

const opened = window.pipe
  ? { session: null, isUsedUp: false }
  : await openSession({ location, history, storage: sessionStorage, fetch: (path, init) => fetch(path, init) })
const { engine, connection } = connectEngine(opened)
mountWindow(engine, connection)
