/** Ends a request early: by the caller's signal or when its time is over. */
export interface Deadline {
  /** aborts with the problem to throw as its reason */
  signal: AbortSignal
  /** stops the clock; must be called at the end */
  clear(): void
}

/** Words for the two ways to end; called when it happens, so that they can tell how far the request had come. */
export interface DeadlineReasons {
  timeout(timeoutMs: number | undefined): Error
  cancelled(): Error
}

/** Starts the clock of a request. A reason of the caller's own that is a problem is passed on as it is. */
export function startDeadline(
  timeoutMs: number,
  callerSignal: AbortSignal | undefined,
  reasons: DeadlineReasons,
): Deadline {
  const controller = new AbortController()
  const onCallerAbort = () => {
    const reason: unknown = callerSignal!.reason
    const name = (reason as { name?: unknown } | undefined)?.name
    if (name === 'ProblemError') controller.abort(reason)
    else controller.abort(name === 'TimeoutError' ? reasons.timeout(undefined) : reasons.cancelled())
  }
  const timer = setTimeout(() => controller.abort(reasons.timeout(timeoutMs)), timeoutMs)
  if (callerSignal?.aborted) onCallerAbort()
  else callerSignal?.addEventListener('abort', onCallerAbort, { once: true })
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(timer)
      callerSignal?.removeEventListener('abort', onCallerAbort)
    },
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
      reject: (error) => (done(), reject(error as Error)),
    })
  })
}
