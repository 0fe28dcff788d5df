import type { ReceivedRedirect } from '../user-agents/user-agent.ts'
import type { StateDifference } from './site.ts'

/** What a run waits for. */
export interface RedirectExpectation {
  runId: string
  /** http on 127.0.0.1, [::1] or localhost; port 0 asks for a free port */
  redirectUri: string
  /** the state sent, or null when none was: then the port cannot be shared */
  state: string | null
  signal: AbortSignal
  /** An answer arrived at the right address but with another or no state: it is recorded, the wait goes on. */
  onIgnored(redirect: ReceivedRedirect, differs: StateDifference[]): void
}

/** A bound redirect URI. */
export interface RedirectListener {
  /** as registered, with the real port */
  redirectUri: string
  /** the same as an address, for people: `http://127.0.0.1:8765/callback` */
  listeningAt: string
  /** the first answer with the right state; rejects with `cancelled` when the signal aborts or `close` comes first */
  received: Promise<ReceivedRedirect>
  /** Stops waiting; the port closes when no other run waits at it. Safe to call again. */
  close(): Promise<void>
}
