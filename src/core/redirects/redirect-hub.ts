import { cancelledBy } from '../problems/cancelled-by.ts'
import { problem } from '../problems/problem-error.ts'
import { bindSites } from './bind-sites.ts'
import { inTurns } from '../files/in-turns.ts'
import { listeningPlaceOf, withPort } from './listening-place.ts'
import { ordinaryBounds, type ConnectionBounds } from './loopback-server.ts'
import type { RedirectExpectation, RedirectListener } from './redirect-listener.ts'
import { leaveSite, type Site } from './site.ts'
import { startWaiting } from './start-waiting.ts'

export type { RedirectExpectation, RedirectListener } from './redirect-listener.ts'

/** Listens at loopback redirect URIs for all runs of one engine. */
export interface RedirectHub {
  /**
   * Resolves when the port is bound, so the browser can be opened.
   * @throws ProblemError `redirect-uri-not-local`, `port-in-use`, `parameter-invalid`, `cancelled`
   */
  listen(expectation: RedirectExpectation): Promise<RedirectListener>
  /** Ends every wait and closes every port, for good. */
  close(): Promise<void>
}

/** Makes the one hub of an engine; the options are for tests. */
export function createRedirectHub(options: Partial<ConnectionBounds> = {}): RedirectHub {
  const bounds = { ...ordinaryBounds, ...options }
  const sites = new Map<string, Site>()
  const listeners = new Set<RedirectListener>()
  // Binding and closing take turns: a port that is just closing must not be taken for somebody else's.
  const takeTurn = inTurns()
  let closed = false

  const listen = async (expectation: RedirectExpectation): Promise<RedirectListener> => {
    const place = listeningPlaceOf(expectation.redirectUri)
    if (expectation.signal.aborted) throw cancelledBy(expectation.signal, 'The wait for the redirect was cancelled.')
    if (closed) throw problem('cancelled', 'Grantlab is shutting down and listens for no redirect.')
    const { bound, port } = await bindSites({ sites, place, expectation, bounds })
    const redirectUri = withPort(expectation.redirectUri, port)
    const listener = startWaiting(expectation, {
      redirectUri,
      sites: bound,
      leave: (waiting) => {
        listeners.delete(listener)
        return takeTurn(async () => void (await Promise.all(bound.map((site) => leaveSite(sites, site, waiting)))))
      },
    })
    listeners.add(listener)
    return listener
  }

  return {
    listen: (expectation) => takeTurn(() => listen(expectation)),
    close: async () => {
      closed = true
      await takeTurn(async () => undefined)
      await Promise.all([...listeners].map((listener) => listener.close()))
    },
  }
}
