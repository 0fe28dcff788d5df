import { createHash } from 'node:crypto'
import type { FrontChannelMessage, RunEventBody } from '../../contract/events.ts'
import type { JsonObject } from '../../contract/json.ts'
import { problemOf, type Problem } from '../../contract/problem.ts'
import type { Masker } from '../http/masking/create-masker.ts'
import { maskPairs } from '../runs/mask-parameters.ts'
import type { ClassifiedEntry } from './classify-entry.ts'
import { answerProblemOf, redirectProblemOf } from './har-problems.ts'
import type { EntryRecorder } from './record-entry.ts'
import { isHidden, sameValue } from './same-value.ts'

/** An event with the time it happened at, in milliseconds since 1970. */
export interface Timed {
  atMs: number
  body: RunEventBody
}

/** What was sent through the browser and is compared with what comes back; null: not sent. */
interface Sent {
  state: string | null
  challenge: string | null
  method: string | null
}

/** Follows a sign-in through the entries of a HAR: what was sent, what came back, whether it belongs together. */
export class HarFlow {
  readonly #masker: Masker
  readonly #timeline: Timed[]
  #sent: Sent | undefined
  #problem: Problem | undefined
  #messages = 0

  constructor(masker: Masker, timeline: Timed[]) {
    this.#masker = masker
    this.#timeline = timeline
  }

  /** The first thing that went wrong. */
  get problem(): Problem | undefined {
    return this.#problem
  }

  /** Looks at the next entry, recorded as this exchange. */
  see(classified: ClassifiedEntry, exchange: string, recorder: EntryRecorder): void {
    const { purpose, entry } = classified
    if (purpose === 'authorization') this.#authorize(classified)
    if (purpose === 'redirect') {
      this.#comeBack(classified)
      recorder.recordTokens(classified, exchange)
    }
    if (purpose === 'token') this.#exchangeCode(classified)
    this.#problem ??= answerProblemOf(classified, exchange, this.#masker)
    // A browser shows no answer where it was led to an application.
    if (!entry.response && purpose !== 'redirect') {
      this.#problem ??= problemOf('connection-lost', 'The HAR has no answer to this request.', { exchange })
    }
  }

  #authorize(classified: ClassifiedEntry): void {
    const value = (name: string) => classified.parameters.get(name)
    const challenge = value('code_challenge')
    // RFC 7636 §4.3: plain where nothing is said.
    const method = challenge === null ? null : (value('code_challenge_method') ?? 'plain')
    this.#sent = { state: value('state'), challenge, method }
    this.#message(classified, { direction: 'to-browser', title: 'Authorization request' })
  }

  #comeBack(classified: ClassifiedEntry): void {
    const { parameters, entry } = classified
    this.#message(classified, { direction: 'from-browser', title: 'Authorization response' })
    const sent = this.#sent?.state ?? null
    const received = parameters.get('state')
    // Without the request nobody can tell what was sent.
    const holds = sent === null ? null : received !== null && sameValue(received, sent)
    this.#prove(entry.startedMs, {
      name: 'state.matches',
      holds,
      facts: { sent: sent !== null, received: received !== null },
    })
    this.#problem ??= redirectProblemOf(parameters, this.#masker)
  }

  #exchangeCode({ parameters, entry }: ClassifiedEntry): void {
    const verifier = parameters.get('code_verifier')
    const { challenge = null, method = null } = this.#sent ?? {}
    if (verifier === null || challenge === null) return
    this.#prove(entry.startedMs, {
      name: 'pkce.matches',
      holds: method === 'plain' ? sameValue(verifier, challenge) : isChallengeOf(verifier, challenge),
      facts: { method },
    })
  }

  #message(
    { entry, parameters }: ClassifiedEntry,
    { direction, title }: Pick<FrontChannelMessage, 'direction' | 'title'>,
  ): void {
    const message: FrontChannelMessage = {
      id: `message-${++this.#messages}`,
      direction,
      title,
      url: this.#masker.maskUrl(entry.request.url.href),
      method: entry.request.method === 'POST' ? 'POST' : 'GET',
      parameters: maskPairs(this.#masker, [...parameters]),
      via: 'har',
    }
    this.#timeline.push({ atMs: entry.startedMs, body: { type: 'message.recorded', step: null, message } })
  }

  #prove(atMs: number, proof: { name: string; holds: boolean | null; facts: JsonObject }): void {
    this.#timeline.push({ atMs, body: { type: 'proof.recorded', step: null, exchange: null, proof } })
  }
}

/** Null where one of them was hidden. @see RFC 7636 §4.6 */
function isChallengeOf(verifier: string, challenge: string): boolean | null {
  if (isHidden(verifier) || isHidden(challenge)) return null
  return createHash('sha256').update(verifier).digest('base64url') === challenge
}
