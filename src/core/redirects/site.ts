import type { ReceivedRedirect } from '../user-agents/user-agent.ts'
import type { LoopbackAddress } from './listening-place.ts'
import type { LoopbackServer } from './loopback-server.ts'
import type { RedirectTarget } from './match-redirect-uri.ts'

/** What differs between the answer expected and the one received. */
export interface StateDifference {
  name: string
  expected: string
  received: string
}

/** A run that waits at a redirect URI. */
export interface Waiting {
  runId: string
  /** null: none was sent, so any answer at the address is its own */
  state: string | null
  /** with the real port */
  target: RedirectTarget
  delivered: boolean
  /** nobody waits any more: cancelled, or closed after the answer */
  ended: boolean
  /** answers recorded as ignored so far */
  ignoredCount: number
  deliver(redirect: ReceivedRedirect): void
  ignore(redirect: ReceivedRedirect, differs: StateDifference[]): void
}

/** One bound loopback address and port, with who waits there. */
export interface Site {
  address: LoopbackAddress
  port: number
  server: LoopbackServer
  waiting: Set<Waiting>
  /** runs that have ended while others still wait here; an answer of theirs is no news to anybody */
  past: Waiting[]
}

const longestPast = 100

/** The key of a site in the hub's map. */
export function siteKey(address: LoopbackAddress, port: number): string {
  return `${address} ${port}`
}

/** Takes a run off a site; the last one to leave closes the port. */
export async function leaveSite(sites: Map<string, Site>, site: Site, waiting: Waiting): Promise<void> {
  site.waiting.delete(waiting)
  if (site.waiting.size > 0) {
    site.past = [...site.past, waiting].slice(-longestPast)
    return
  }
  sites.delete(siteKey(site.address, site.port))
  await site.server.close()
}
