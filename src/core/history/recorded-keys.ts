import { isJsonObject, type Json } from '../../contract/json.ts'
import { readKey, type KeyFacts } from '../../contract/keys/key-facts.ts'
import type { RunEvent } from '../../contract/events.ts'
import type { BodyReference } from '../../contract/http.ts'
import { problem } from '../problems/problem-error.ts'
import type { History } from './history.ts'

/** A key set as a run recorded it. */
export interface RecordedKeySet {
  /** every key as it was published, in order */
  values: readonly Json[]
  facts: readonly KeyFacts[]
  /** what a search looks at, lower case, one text for each key */
  texts: readonly string[]
}

/** Key sets of recorded runs; the last one that was read stays in memory, so that typing in a search waits for nothing. */
export interface RecordedKeys {
  /** @throws ProblemError run-not-found, parameter-invalid when the exchange brought no key set, file-invalid */
  read(runId: string, exchange: string): Promise<RecordedKeySet>
}

/** Where events and bodies of recorded runs are read. */
export interface RecordedSource extends Pick<History, 'readBody'> {
  read(runId: string): AsyncIterable<RunEvent>
}

/** Creates the reader over recorded runs. */
export function createRecordedKeys(history: RecordedSource): RecordedKeys {
  let last: { name: string; set: Promise<RecordedKeySet> } | undefined
  return {
    read(runId, exchange) {
      const name = `${runId} ${exchange}`
      if (last?.name === name) return last.set
      const set = readKeySet(history, runId, exchange)
      const entry = { name, set }
      last = entry
      set.catch(() => {
        if (last === entry) last = undefined
      })
      return set
    },
  }
}

async function readKeySet(history: RecordedSource, runId: string, exchange: string): Promise<RecordedKeySet> {
  const body = await bodyOf(history, runId, exchange)
  const document = body && parse(await textOf(history, runId, body))
  if (!isJsonObject(document) || !Array.isArray(document.keys)) {
    throw problem('parameter-invalid', `Request ${exchange} of run ${runId} brought no key set.`, {
      whatToDo: ['Name the request of the run that read the keys.'],
    })
  }
  const values = document.keys
  const facts = values.map((value, index) => readKey(value, index))
  const texts = facts.map(({ kid, kty, alg, use, curve }) => [kid, kty, alg, use, curve].join('\n').toLowerCase())
  return { values, facts, texts }
}

async function bodyOf(
  history: Pick<RecordedSource, 'read'>,
  runId: string,
  exchange: string,
): Promise<BodyReference | undefined> {
  for await (const event of history.read(runId)) {
    if (event.type === 'exchange.answered' && event.exchange === exchange) return event.response.body
  }
  return undefined
}

async function textOf(
  { readBody }: Pick<RecordedSource, 'readBody'>,
  runId: string,
  body: BodyReference,
): Promise<string> {
  if (body.kind !== 'text') return ''
  if (body.inline !== undefined) return body.inline
  return (await readBody(runId, body.id, { offset: 0, length: body.characters })).text
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Json
  } catch {
    return undefined
  }
}
