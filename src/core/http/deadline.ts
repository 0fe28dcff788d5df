/** When a request ends early, and with what. */
export interface DeadlineOptions {
  timeoutMs: number
  callerSignal: AbortSignal | undefined
  /** words for a time that is over; called when it happens, so that they can tell how far the request had come */
  timeout(timeoutMs: number | undefined): Error
  cancelled(): Error
}

/**
 * Aborts the controller when the time is over or the caller's signal aborts; the reason is the problem to throw. A
 * caller's reason that is a problem already is passed on as it is. The answer stops the clock and must be called.
 */
export function startDeadline(controller: AbortController, options: DeadlineOptions): () => void {
  const { timeoutMs, callerSignal } = options
  const onCallerAbort = () => {
    const reason: unknown = callerSignal?.reason
    const name = (reason as { name?: unknown } | undefined)?.name
    if (name === 'ProblemError') controller.abort(reason)
    else controller.abort(name === 'TimeoutError' ? options.timeout(undefined) : options.cancelled())
  }
  const timer = setTimeout(() => controller.abort(options.timeout(timeoutMs)), timeoutMs)
  if (callerSignal?.aborted) onCallerAbort()
  else callerSignal?.addEventListener('abort', onCallerAbort, { once: true })
  return () => {
    clearTimeout(timer)
    callerSignal?.removeEventListener('abort', onCallerAbort)
  }
}

/** Waits for work that can be stopped from outside: `stop` is called on abort, and the abort's reason is thrown. */
export function abortable<T>(
  signal: AbortSignal,
  work: (settle: { resolve(value: T): void; reject(error: unknown): void }) => (() => void) | void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error)
    let stop: (() => void) | void
    const onAbort = () => {
      reject(signal.reason as Error)
      stop?.()
    }
    const done = () => signal.removeEventListener('abort', onAbort)
    signal.addEventListener('abort', onAbort, { once: true })
    stop = work({
      resolve: (value) => (done(), resolve(value)),
      reject: (error) => (done(), reject(error)),
    })
  })
}
