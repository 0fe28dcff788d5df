import { createHmac } from 'node:crypto'
import { homedir } from 'node:os'
import type { RunEvent } from '../../contract/events.ts'
import type { BodyReference } from '../../contract/http.ts'
import { isJsonObject, type Json } from '../../contract/json.ts'
import { findingsOf } from '../../contract/rules/index.ts'
import { runOf, type Run } from '../../contract/run.ts'
import { personalKinds, type PersonalKind, type SharedContents } from '../../contract/sharing.ts'
import { hostsOf } from './hosts-of.ts'
import { mapEventTexts, mapPayload, type TextMapping } from './map-texts.ts'
import { isAboutPerson } from './personal-names.ts'
import { createPersonalValues, type PersonalValues } from './personal-values.ts'
import type { LeftOut, RecordedRun } from './read-runs.ts'

const longestInline = 1024

/** A run as others may see it. */
export interface SharedRun {
  run: Run
  events: RunEvent[]
  bodies: Map<string, string>
  leftOut: LeftOut[]
}

/** Runs as others may see them, and what stands in them. */
export interface SharedRuns {
  runs: SharedRun[]
  contents: Omit<SharedContents, 'bytes'>
  /** what a person adds, masked the same way */
  note: string
}

/** How runs are to be shown to others. */
export interface SharingOptions {
  /** random, fresh for each thing that is handed on: nothing can be compared with another one */
  key: Uint8Array
  include: readonly PersonalKind[]
  note?: string
}

/**
 * Masks recorded runs for others; every export goes through here. Fingerprints of secrets become ones under a fresh key,
 * so that equal secrets still look equal within and nothing can be compared with anything else; personal values become
 * pseudonyms unless their kind is included.
 */
export function maskForOthers(recorded: readonly RecordedRun[], options: SharingOptions): SharedRuns {
  const values = createPersonalValues(options.key, options.include)
  const secrets = createNewFingerprints(recorded, options)
  for (const run of recorded) exclude(run, values)
  for (const run of recorded) learnFrom(run, values)
  values.learn(options.note ?? '')
  const mapping: TextMapping = {
    text: (text, place) => withoutHome(secrets.replace(values.mask(text, place))),
    own: secrets.replace,
  }
  const runs = recorded.map((run) => maskRun(run, mapping))
  const counts = values.counts()
  return {
    runs,
    note: mapping.text(options.note ?? '', {}),
    contents: {
      runs: runs.map(({ run }) => summaryOf(run)),
      secrets: secrets.count,
      personal: (Object.keys(personalKinds) as PersonalKind[]).map((kind) => ({
        kind,
        found: counts.get(kind) ?? 0,
        isMasked: !options.include.includes(kind),
      })),
      hosts: [...new Set(runs.flatMap(({ run }) => hostsOf(run)))].sort(),
      leftOut: runs.flatMap(({ run, leftOut }) =>
        leftOut.map(({ what, why }) => ({ what: `Run ${run.number}: ${what}`, why })),
      ),
    },
  }
}

function summaryOf(run: Run): SharedContents['runs'][number] {
  return {
    runId: run.id,
    title: run.title,
    startedAt: run.startedAt,
    outcome: run.outcome,
    exchanges: run.exchanges.length,
    findings: findingsOf(run).length,
  }
}

/** Clients, servers and scopes are no persons, whatever claim they stand in. */
function exclude({ events }: RecordedRun, values: PersonalValues): void {
  const run = runOf('', events)
  for (const host of hostsOf(run)) values.exclude(host)
  for (const name of ['client_id', 'issuer', 'scope', 'audience']) {
    const value = run.parameters[name]
    if (typeof value === 'string') for (const word of [value, ...value.split(' ')]) values.exclude(word)
  }
  for (const { claims = {} } of run.tokens) {
    for (const name of ['iss', 'azp', 'client_id', 'appid', 'cid']) {
      if (typeof claims[name] === 'string') values.exclude(claims[name])
    }
  }
}

function learnFrom({ events, bodies }: RecordedRun, values: PersonalValues): void {
  const learning: TextMapping = {
    text(text, place) {
      values.learn(text, place)
      return text
    },
    own: (text) => text,
  }
  for (const event of events) mapEventTexts(event, learning)
  for (const text of [...bodies.values(), ...events.flatMap(inlineOf)]) {
    values.learn(text)
    const json = parse(text)
    // A list of mailboxes is known by the name of the list.
    if (json !== undefined) mapPayload(json, { ofPerson: isAboutPerson(text) }, learning)
  }
}

function inlineOf(event: RunEvent): string[] {
  const body =
    event.type === 'exchange.started'
      ? event.request.body
      : event.type === 'exchange.answered'
        ? event.response.body
        : undefined
  return body?.inline === undefined ? [] : [body.inline]
}

function parse(text: string): Json | undefined {
  try {
    const value = JSON.parse(text.replace(/^\uFEFF/, '')) as Json
    return isJsonObject(value) || Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function maskRun({ events, bodies, leftOut }: RecordedRun, mapping: TextMapping): SharedRun {
  const masked = new Map([...bodies].map(([id, text]) => [id, mapping.text(text, {})]))
  const changed = events.map((event) => withBody(mapEventTexts(event, mapping), masked))
  const started = changed[0]
  return {
    run: runOf(started?.type === 'run.started' ? started.runId : '', changed),
    events: changed,
    bodies: masked,
    leftOut,
  }
}

/** A body's reference says how long the text is now; one that grew too long for its event moves beside it. */
function withBody(event: RunEvent, bodies: Map<string, string>): RunEvent {
  if (event.type === 'exchange.started') {
    const { body } = event.request
    return body ? { ...event, request: { ...event.request, body: resized(body, bodies) } } : event
  }
  if (event.type !== 'exchange.answered' || !event.response.body) return event
  return { ...event, response: { ...event.response, body: resized(event.response.body, bodies) } }
}

function resized(body: BodyReference, bodies: Map<string, string>): BodyReference {
  const { inline, ...reference } = body
  const text = inline ?? bodies.get(body.id)
  if (text === undefined) return body
  if (inline !== undefined && inline.length <= longestInline) return { ...body, characters: inline.length }
  bodies.set(body.id, text)
  return { ...reference, characters: text.length }
}

/** Replaces fingerprints under the data folder's key by ones under the key of what is handed on. */
function createNewFingerprints(recorded: readonly RecordedRun[], { key, note = '' }: SharingOptions) {
  const texts = recorded.flatMap(({ events, bodies }) => [JSON.stringify(events), ...bodies.values()])
  const known = new Map(
    [note, ...texts]
      .flatMap(fingerprintsIn)
      .map((one) => [one, createHmac('sha256', key).update(one).digest('hex').slice(0, 32)]),
  )
  return {
    count: known.size,
    replace: (text: string) =>
      text.replace(/(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])/g, (found) => known.get(found) ?? found),
  }
}

/** The fingerprints of masks, and those that events name. */
export function fingerprintsIn(text: string): string[] {
  const found = text.matchAll(/●●●● #([0-9a-f]{32})|"[A-Za-z]{0,20}ingerprint":"([0-9a-f]{32})"/g)
  return [...found].map((match) => match[1] ?? match[2]!)
}

/** SECURITY: paths of files tell how somebody is called on this machine. */
function withoutHome(text: string): string {
  const home = homedir()
  return home.length > 1 ? text.replaceAll(home, '~') : text
}
