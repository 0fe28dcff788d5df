import type {
  Actor,
  FrontChannelMessage,
  MetadataComparison,
  Party,
  Proof,
  ReceivedMetadata,
  ReceivedRows,
  TriedLocation,
  Wait,
} from '../../contract/events.ts'
import type { TokenVerdict } from '../../contract/bench/verdict.ts'
import type { FinishedTarget, KnownRegistration, RegisteredClient } from '../../contract/client-record.ts'
import type { Problem } from '../../contract/problem.ts'
import type { KeySetFacts } from '../../contract/keys/check-keys.ts'
import type { Json, JsonObject } from '../../contract/json.ts'
import type { TracedInit, TracedResponse } from '../http/exchange.ts'
import type { Clock, Random } from '../ports.ts'
import type { RedirectHub } from '../redirects/redirect-hub.ts'
import type { RegistrationStore } from '../registrations/registration-store.ts'
import type { SnapshotStore } from '../snapshots/snapshot-store.ts'
import type { PauseOrder } from './pause.ts'
import type { RunSecrets } from './run-secrets.ts'
import type { ValueHome } from './secret-guard.ts'
import type { TokenStore } from '../vault/token-store.ts'

/** Options of a fetch within a run. */
export interface RunFetchInit extends Omit<TracedInit, 'observer'> {
  /** what the request is for: `metadata`, `token`, `jwks`, `sign-in` …; a run can be held before a purpose */
  purpose: string
  actor?: Actor
  party?: Party
}

/** The last answer of a purpose, in clear, for naming a problem; it is never written. */
export interface LastAnswer {
  exchange: string
  status: number
  mediaType: string
  /** the parsed body; undefined when it is not JSON */
  json: Json | undefined
  /** the Date header, as it came */
  date?: string
}

/** What a person gave for a wait. */
export interface PersonsAnswer {
  kind: 'response' | 'browser-error'
  text: string
}

/** A wait that stands open. */
export interface OpenWait<T> {
  /** resolves when a person gave, in the window or on the command line, what could be read */
  answered: Promise<T>
  finish(outcome: 'answered' | 'timeout' | 'cancelled' | 'failed'): void
}

/** Why something was chosen, for the person who reads the run. */
export interface Decision {
  subject: string
  choice: string
  reason: string
  specification?: string
}

/** Everything an operation works with. What it does through here is recorded; nothing else reaches the outside. */
export interface RunContext {
  readonly runId: string
  /** the operation's id */
  readonly operation: string
  readonly profile: string | null
  /** whose profile it is, as the keys of kept tokens name it */
  readonly workspace: string
  /** digest of the profile's connection; undefined without a profile */
  readonly connection: string | undefined
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly random: Random
  readonly tokens: TokenStore
  readonly redirects: RedirectHub
  readonly openAddress?: (address: string) => Promise<void>
  /** Runs a named part of the operation; a throw ends the step as failed or cancelled and goes on up. Steps nest. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>
  decide(decision: Decision): void
  /** Records a fact that only the clear values could tell. */
  prove(proof: Proof, exchange?: string): void
  /** Makes a value known as secret before it goes anywhere. */
  learn(value: string, kind?: 'secret' | 'password'): void
  /**
   * Keeps a value where it belongs: from now on no request carries it to another origin. `what` names it for a person.
   * @throws ProblemError secret-not-bound when the profile's connection is another than its own
   */
  keepTo(value: string, home: ValueHome, what: string): void
  /** The one fetch, recorded. */
  fetch(url: string | URL, init: RunFetchInit): Promise<TracedResponse>
  note(message: Omit<FrontChannelMessage, 'id'>): void
  /** Records a redirect that was not for this run. */
  ignoreRedirect(redirect: {
    reason: string
    differs: { name: string; expected: string; received: string }[]
    url: string
  }): void
  /** The endpoints named here, by the server or by hand, belong to this issuer. */
  meet(endpoints: JsonObject, issuer: string): void
  metadata(received: ReceivedMetadata): void
  /** Records a place where metadata was looked for. */
  tried(location: TriedLocation): void
  /** Records what was found out about a key set. */
  keys(received: KeySetFacts & { exchange: string; location: string }): void
  /** Records what changed since an earlier reading. */
  compared(comparison: MetadataComparison): void
  /** Records what a server registered, or says it has. */
  registered(facts: RegisteredClient): void
  /** Records what is known of the run's own client. */
  known(facts: KnownRegistration): void
  /** Records a page of a list. */
  rows(page: ReceivedRows): void
  /** Records what happened to one of several things. */
  finished(target: FinishedTarget, more?: { exchange?: string; problem?: Problem }): void
  /** Records what is to be said of a token. */
  verified(token: string, verdict: TokenVerdict): void
  /** An error as a problem, masked, with the step and exchange it was met in. */
  told(error: unknown): Problem
  /** Sends nothing for a while, visibly. Rejects when the run is cancelled. */
  pause(order: PauseOrder): Promise<void>
  readonly secrets: RunSecrets
  readonly registrations: RegistrationStore
  /** The same facts with every secret that this run knows masked, for what is kept outside of the run. */
  masked<T extends object>(facts: T): T
  readonly snapshots: SnapshotStore
  /** The path of a file that a person named. */
  pathOf(file: string): string
  /** Opens a wait; `read` throws a ProblemError for an answer that makes no sense: its giver is told, the wait goes on. */
  openWait<T>(wait: Omit<Wait, 'id'>, read: (answer: PersonsAnswer) => T): OpenWait<T>
  /** The last answer to a request of this purpose, undefined before the first. */
  lastAnswer(purpose: string): LastAnswer | undefined
  /** False when every request of this purpose was stopped before a byte of it was sent, and when there was none. */
  mayHaveLeft(purpose: string): boolean
}
