import { parentPort, workerData } from 'node:worker_threads'
import { runPlayground } from './run-playground.ts'
import { toFailedMessage, type WorkerMessage, type WorkerOptions } from './worker-messages.ts'

/** Entry of the worker thread: runs one playground, reports once, stops on any message. */
async function main(): Promise<void> {
  const parent = parentPort
  if (!parent) throw new Error('The playground worker is started by the playground, not by hand.')
  const tell = (message: WorkerMessage) => parent.postMessage(message)
  try {
    const running = await runPlayground(workerData as WorkerOptions)
    parent.once('message', () => void running.stop().finally(() => parent.close()))
    tell({ kind: 'listening', info: running.info })
  } catch (error) {
    tell(toFailedMessage(error))
    parent.close()
  }
}

await main()
