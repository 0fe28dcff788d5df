import { connectEngine } from './app/engine.ts'
import { mountWindow } from './app/mount-window.ts'
import { openSession } from './app/session.ts'

const session = window.pipe
  ? null
  : await openSession({ location, history, storage: sessionStorage, fetch: (path, init) => fetch(path, init) })
const { engine, connection } = connectEngine(session)
mountWindow(engine, connection)
