import type { FinishedTarget, KnownRegistration, ListRow, RegisteredClient } from './client-record.ts'
import type { PlannedStep } from './description.ts'
import type { ConnectionFacts, ExchangeTimings, RecordedRequest, RecordedResponse } from './http.ts'
import type { KeySetFacts } from './keys/check-keys.ts'
import type { Json, JsonObject, NameValue } from './json.ts'
import type { Fingerprint } from './mask.ts'
import type { Difference } from './metadata/differences.ts'
import type { Problem } from './problem.ts'
import type { RunOrigin } from './sharing.ts'
import type { VerifiedToken } from './bench/verdict.ts'
import type { TokenKind } from './token-kind.ts'

/** How a run ended. */
export type RunOutcome = 'succeeded' | 'failed' | 'cancelled' | 'needs-person'

/** How a step ended. */
export type StepOutcome = 'succeeded' | 'failed' | 'cancelled'

/** Who sends: Grantlab itself, or the browser it drives (the form agent). */
export type Actor = 'grantlab' | 'browser'

/** Who answers. */
export type Party = 'authorization-server' | 'resource-server'

/** What may be known of a token without its value. */
export interface TokenFacts {
  kind: TokenKind
  /** `jwe` has five parts and cannot be read here */
  format: 'jwt' | 'jwe' | 'opaque'
  fingerprint: Fingerprint
  /** characters */
  length: number
  /** JOSE header and claims when it is a JWT */
  header?: JsonObject
  claims?: JsonObject
  tokenType?: string
  /** as granted: the answer's `scope`, or what was asked for when the answer leaves it out (RFC 6749 §5.1) */
  scope?: string
  /** ISO times */
  receivedAt: string
  expiresAt?: string
  /** the refresh token was sent by an earlier answer and stays in use */
  kept?: boolean
}

/** Facts that a later reader needs and that only the clear value can tell, e.g. `pkce.matches`. */
export interface Proof {
  name: string
  /** true: holds, false: does not, null: could not be told */
  holds: boolean | null
  facts?: JsonObject
}

/** A message that does not pass through Grantlab's own HTTP: it goes to or comes from the browser. */
export interface FrontChannelMessage {
  id: string
  direction: 'to-browser' | 'from-browser'
  title: string
  /** the address opened or received, masked */
  url?: string
  method?: 'GET' | 'POST'
  /** the parameters it carries, masked */
  parameters: NameValue[]
  /** `loopback`, `paste`, `form`, `system` … */
  via?: string
}

/** What somebody outside must do before the run goes on. */
export interface Wait {
  id: string
  kind: 'authorization-response'
  /** the address a person opens */
  address: string
  /** the address Grantlab listens at, when it listens */
  listeningAt?: string
  /** ISO time at which the wait ends by itself */
  until: string
  /** the user agent in use */
  agent: string
}

/** A metadata document with where it came from. */
export interface ReceivedMetadata {
  exchange: string
  location: string
  /** left out: of an authorization server */
  kind?: 'authorization-server' | 'protected-resource'
  /** the identifier asked for: an issuer, or a resource */
  issuer: string
  /** its known fields, bounded; the whole document is the exchange's body */
  document: JsonObject
}

/** What a server says now beside what it, or another, said before. */
export interface MetadataComparison {
  issuer: string
  /** what it was compared with: the last snapshot of this data folder, or a file */
  with: 'snapshot' | 'file'
  /** ISO time of the older one; empty when it is not known */
  takenAt: string
  /** the file's name as it was given */
  file?: string
  /** at most 100 */
  differences: Difference[]
  total: number
}

/** A place where metadata may lie, and what was there. */
export interface TriedLocation {
  exchange: string
  kind: 'authorization-server' | 'protected-resource'
  location: string
  /** which specification puts it there */
  specification: string
  outcome: 'found' | 'absent' | 'not-json' | 'other-issuer'
  status: number
  /** the identifier it names when that is another */
  names?: string
}

/** A page of a list, in the order of the server. */
export interface ReceivedRows {
  exchange: string
  rows: ListRow[]
  /** counts from 1 */
  page: number
  /** as the server says; absent when it does not */
  pages?: number
  total?: number
}

/** A time in which nothing is sent, because a server asked for it. */
export interface Pause {
  pause: string
  /** one sentence for a person */
  reason: string
  /** ISO time */
  until: string
  /** the exchange whose answer asked for it */
  exchange: string | null
}

/** The events of a run, without the envelope. Names are `noun.pastTense`. */
export type RunEventBody =
  | {
      type: 'run.started'
      /** version of this file format */
      format: 1
      runId: string
      /** counts the runs of this data folder */
      number: number
      operation: string
      title: string
      profile: string | null
      /** effective parameters, secrets masked */
      parameters: JsonObject
      plan: PlannedStep[]
      grantlab: string
      /** the run was not made here: it is read only */
      origin?: RunOrigin
    }
  | { type: 'step.started'; step: string; parent: string | null; name: string; title: string }
  | { type: 'step.finished'; step: string; outcome: StepOutcome; problem?: Problem }
  | {
      type: 'decision.recorded'
      step: string | null
      subject: string
      choice: string
      reason: string
      specification?: string
    }
  | {
      type: 'exchange.started'
      exchange: string
      step: string | null
      actor: Actor
      party: Party
      /** `metadata`, `token`, `jwks`, `authorization`, `sign-in` … */
      purpose: string
      request: RecordedRequest
    }
  | { type: 'exchange.held'; exchange: string }
  | { type: 'exchange.resumed'; exchange: string }
  | {
      type: 'exchange.answered'
      exchange: string
      response: RecordedResponse
      timings: ExchangeTimings
      connection: ConnectionFacts
    }
  | {
      type: 'exchange.failed'
      exchange: string
      problem: Problem
      timings: ExchangeTimings
      connection?: ConnectionFacts
    }
  | { type: 'message.recorded'; step: string | null; message: FrontChannelMessage }
  | {
      type: 'redirect.ignored'
      step: string | null
      reason: string
      differs: { name: string; expected: string; received: string }[]
      url: string
    }
  | { type: 'wait.started'; step: string | null; wait: Wait }
  | { type: 'wait.finished'; wait: string; outcome: 'answered' | 'timeout' | 'cancelled' | 'failed' }
  | ({ type: 'metadata.received' } & ReceivedMetadata)
  | ({ type: 'location.tried'; step: string | null } & TriedLocation)
  | ({ type: 'keys.received'; exchange: string; location: string } & KeySetFacts)
  | ({ type: 'metadata.compared' } & MetadataComparison)
  | { type: 'proof.recorded'; step: string | null; exchange: string | null; proof: Proof }
  | { type: 'token.received'; step: string | null; exchange: string; token: TokenFacts }
  | ({ type: 'client.registered'; step: string | null } & RegisteredClient)
  | ({ type: 'registration.known'; step: string | null } & KnownRegistration)
  | ({ type: 'rows.received'; step: string | null } & ReceivedRows)
  | ({ type: 'target.finished'; step: string | null; exchange: string | null; problem?: Problem } & FinishedTarget)
  | ({ type: 'pause.started'; step: string | null } & Pause)
  | { type: 'pause.finished'; pause: string; outcome: 'over' | 'cancelled' }
  | ({ type: 'token.verified'; step: string | null } & VerifiedToken)
  | { type: 'run.finished'; outcome: RunOutcome; problem?: Problem; result?: Json }

/** An event of a run: `seq` counts from 1 without gaps; `elapsedMs` is monotonic since the run began. */
export type RunEvent = RunEventBody & { seq: number; at: string; elapsedMs: number }
