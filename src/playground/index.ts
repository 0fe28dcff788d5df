import { Worker } from 'node:worker_threads'
import { joinPlayground } from './join/join-playground.ts'
import { PlaygroundError } from './playground-error.ts'
import type { Playground, PlaygroundInfo, PlaygroundOptions } from './playground-info.ts'
import { toError, type WorkerMessage, type WorkerOptions } from './worker-messages.ts'

export { joinPlayground } from './join/join-playground.ts'
export { PlaygroundError, type PlaygroundErrorCode } from './playground-error.ts'
export type {
  Playground,
  PlaygroundApi,
  PlaygroundClient,
  PlaygroundInfo,
  PlaygroundOptions,
  PlaygroundTelnyx,
  PlaygroundUser,
} from './playground-info.ts'

const stopWithinMs = 3000

/**
 * Starts the built-in authorization server and protected API on 127.0.0.1 and answers once it listens.
 * @throws PlaygroundError when a port or the state file cannot be used; the signal's reason when aborted.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { signal, inWorker = true, ...workerOptions } = options
  signal?.throwIfAborted()
  const playground = inWorker ? await startWorker(workerOptions, signal) : await startHere(workerOptions)
  if (signal?.aborted) await playground.stop()
  signal?.throwIfAborted()
  const stopOnAbort = () => void playground.stop()
  signal?.addEventListener('abort', stopOnAbort, { once: true })
  void playground.ended.then(() => signal?.removeEventListener('abort', stopOnAbort))
  return playground
}

/**
 * Joins the playground of the data folder when another process runs one, which costs a file and a request; else starts
 * one, and only then do the other options count.
 * @throws what `startPlayground` throws
 */
export async function joinOrStartPlayground(options: PlaygroundOptions): Promise<Playground> {
  return (await joinPlayground(options)) ?? startPlayground(options)
}

async function startHere(options: WorkerOptions): Promise<Playground> {
  const { runPlayground } = await import('./run-playground.ts')
  const running = await runPlayground(options)
  const { promise: ended, resolve } = Promise.withResolvers<Error | undefined>()
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= running.stop().then(() => resolve(undefined)))
  return { info: running.info, stop, ended }
}

async function startWorker(options: WorkerOptions, signal: AbortSignal | undefined): Promise<Playground> {
  const entry = import.meta.url.endsWith('.ts') ? './worker.ts' : './playground-worker.js'
  // The flags of the host's command line (an --eval, an inspector) are not meant for the worker.
  const workerOptions = { workerData: options, name: 'playground', execArgv: [] }
  const worker = new Worker(new URL(entry, import.meta.url), workerOptions)
  const ended = whenEnded(worker)
  try {
    const info = await whenListening(worker, { ended, signal })
    // The server is a guest: a command that is done must be able to exit while it still listens.
    worker.unref()
    return { info, stop: () => stopWorker(worker, ended), ended }
  } catch (error) {
    await worker.terminate()
    throw error
  }
}

/** Settles with the error that ended the worker, or with nothing when it ended as asked. Never rejects. */
function whenEnded(worker: Worker): Promise<Error | undefined> {
  const { promise, resolve } = Promise.withResolvers<Error | undefined>()
  // Without this listener a fault in the worker would be an uncaught exception of the whole host.
  worker.once('error', (error) => resolve(toWorkerError(error)))
  worker.once('exit', (code) => resolve(code === 0 ? undefined : toWorkerError(`exit code ${code}`)))
  return promise
}

function toWorkerError(cause: unknown): PlaygroundError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new PlaygroundError('worker-ended', `The playground ended unexpectedly: ${why}`, { cause })
}

interface ListeningWait {
  ended: Promise<Error | undefined>
  signal: AbortSignal | undefined
}

function whenListening(worker: Worker, { ended, signal }: ListeningWait): Promise<PlaygroundInfo> {
  const { promise, resolve, reject } = Promise.withResolvers<PlaygroundInfo>()
  const abort = () => reject(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  worker.once('message', (message: WorkerMessage) => {
    if (message.kind === 'listening') resolve(message.info)
    else reject(toError(message))
  })
  void ended.then((error) => reject(error ?? toWorkerError('it stopped before it listened')))
  return promise.finally(() => signal?.removeEventListener('abort', abort))
}

async function stopWorker(worker: Worker, ended: Promise<Error | undefined>): Promise<void> {
  worker.ref()
  worker.postMessage('stop')
  const timer = setTimeout(() => void worker.terminate(), stopWithinMs)
  await ended
  clearTimeout(timer)
}
