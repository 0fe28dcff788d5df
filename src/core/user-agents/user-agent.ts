import type { ChoiceListEntry } from '../../contract/description.ts'
import type { FrontChannelMessage } from '../../contract/events.ts'
import type { NameValue } from '../../contract/json.ts'
import type { TracedInit, TracedResponse } from '../http/exchange.ts'

/** An authorization response as it reached Grantlab, in clear. */
export interface ReceivedRedirect {
  /** the whole address; for a POST the redirect URI itself */
  url: string
  method: 'GET' | 'POST'
  /** query (or form body, or fragment) parameters, decoded, in order */
  parameters: NameValue[]
  /** what brought it: `loopback`, `form`, `paste` */
  via: string
}

/** Who signs in, for agents that Grantlab drives. */
export interface TestUser {
  username: string
  password: string
}

/** What a user agent gets to do its work. */
export interface UserAgentTask {
  /** the authorization request's address */
  address: string
  /** the redirect URI with its real port; the agent stops before requesting it */
  redirectUri: string
  user?: TestUser
  /** the address ends a sign-in: an agent that Grantlab drives confirms it; without a redirect URI it stops at the last page */
  isSignOut?: true
  /** what an agent that Grantlab drives answers on a consent page; default `allow` */
  consent?: 'allow' | 'deny'
  /** traced fetch whose exchanges stand in the browser's lane */
  fetch(url: string | URL, init: Omit<TracedInit, 'observer'> & { purpose: string }): Promise<TracedResponse>
  /** records a front-channel message */
  note(message: Omit<FrontChannelMessage, 'id'>): void
  /** opens an address in the person's browser; absent where this host has none */
  openAddress?: (address: string) => Promise<void>
  /** decides a consent over the server's management API and answers where the browser goes; absent where there is none */
  decideConsent?: (decision: { consentToken: string; isAllowed: boolean }) => Promise<string>
  signal: AbortSignal
}

/** Completes an authorization request. */
export interface UserAgent extends ChoiceListEntry {
  /** true when Grantlab brings the answer itself, so that a wrong state ends the run; false when it comes by itself */
  driven: boolean
  /** true when a listener must stand at the redirect URI first */
  listens: boolean
  /** Resolves with the redirect when the agent itself saw it, with null when the answer arrives by listener or paste. */
  authorize(task: UserAgentTask): Promise<ReceivedRedirect | null>
}
