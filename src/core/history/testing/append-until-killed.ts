import { createHistory } from '../history.ts'
import { middleEvent, startedEvent } from './run-events.ts'

/** Run as a program: records a run in the data folder named, tells when it is on disk, and never ends it. */
const history = createHistory({ dataFolder: process.argv[2] ?? '' })
const number = await history.nextNumber()
const file = history.open('killed', new Date())
file.append(startedEvent('killed', number))
file.append(middleEvent(2))
await file.flush()
process.stdout.write('on disk\n')
process.stdin.resume()
