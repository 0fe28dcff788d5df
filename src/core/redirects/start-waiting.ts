import type { ReceivedRedirect } from '../user-agents/user-agent.ts'
import { cancelledBy } from '../problems/cancelled-by.ts'
import { problem, type ProblemError } from '../problems/problem-error.ts'
import { redirectTargetOf } from './match-redirect-uri.ts'
import type { RedirectExpectation, RedirectListener } from './redirect-listener.ts'
import type { Site, Waiting } from './site.ts'

/** Where a run waits, and how it leaves. */
export interface BoundPlace {
  /** with the real port */
  redirectUri: string
  sites: Site[]
  leave(waiting: Waiting): Promise<void>
}

/** Puts a run on its bound sites until it is answered, aborted or closed. */
export function startWaiting(expectation: RedirectExpectation, place: BoundPlace): RedirectListener {
  const { signal } = expectation
  const { promise: received, resolve, reject } = Promise.withResolvers<ReceivedRedirect>()
  // Whoever gives up waiting (an answer was pasted) may never look at it again.
  received.catch(() => undefined)
  const waiting: Waiting = {
    runId: expectation.runId,
    state: expectation.state,
    target: redirectTargetOf(place.redirectUri),
    delivered: false,
    ended: false,
    ignoredCount: 0,
    deliver: resolve,
    ignore(redirect, differs) {
      try {
        expectation.onIgnored(redirect, differs)
      } catch (error) {
        // A recorder that fails is the run's affair, not the stranger's whose request this was.
        reject(error)
      }
    },
  }
  for (const site of place.sites) site.waiting.add(waiting)

  let leaving: Promise<void> | undefined
  const stop = (error: ProblemError): Promise<void> => {
    waiting.ended = true
    signal.removeEventListener('abort', abort)
    reject(error)
    return (leaving ??= place.leave(waiting))
  }
  const abort = () => void stop(cancelledBy(signal, 'The wait for the redirect was cancelled.'))
  signal.addEventListener('abort', abort, { once: true })
  // It may have been cancelled while the port was being bound. Later, because the caller has no listener yet.
  if (signal.aborted) queueMicrotask(abort)
  return {
    redirectUri: place.redirectUri,
    listeningAt: waiting.target.url.href,
    received,
    close: () => stop(problem('cancelled', 'Grantlab stopped listening for the redirect.')),
  }
}
