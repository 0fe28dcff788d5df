import { createPublicKey, type JsonWebKey } from 'node:crypto'
import type { ParameterDescription } from '../../contract/description.ts'
import { isJsonObject, type Json } from '../../contract/json.ts'
import { withoutPrivateMembers } from '../../contract/keys/key-facts.ts'
import { problem } from '../problems/problem-error.ts'
import type { CommandsOf } from './command.ts'

const usualLimit = 100

const ofKeySet: ParameterDescription[] = [
  {
    name: 'run_id',
    title: 'Run',
    type: 'text',
    hint: 'The id of the run that read the keys, as history list shows it.',
    required: true,
    positional: true,
  },
  {
    name: 'exchange',
    title: 'Request',
    type: 'text',
    hint: 'The request of that run that brought the keys, by its id.',
    required: true,
    positional: true,
  },
]

/** Keys that a run read from a server. */
export const keysCommands: CommandsOf<'keys find' | 'keys show'> = {
  'keys find': {
    description: {
      id: 'keys find',
      title: 'Find keys',
      summary: 'Find keys of a recorded key set by a part of kid, type, algorithm, use or curve.',
      parameters: [
        ...ofKeySet,
        {
          name: 'text',
          title: 'Text',
          type: 'text',
          hint: 'What to look for; left out, every key.',
          positional: true,
          mayBeEmpty: true,
        },
        {
          name: 'limit',
          title: 'How many',
          type: 'integer',
          hint: 'How many keys to list at most.',
          default: usualLimit,
          minimum: 1,
          maximum: 1000,
        },
      ],
    },
    async run({ recordedKeys }, { run_id, exchange, text = '', limit = usualLimit }) {
      const { values, facts, texts } = await recordedKeys.read(run_id, exchange)
      const wanted = text.toLowerCase()
      const found = facts.filter((_key, place) => texts[place]!.includes(wanted))
      // A kid that is just this comes before those that only hold it.
      const first = [...found.filter(({ kid }) => kid === text), ...found.filter(({ kid }) => kid !== text)]
      const shown = first.slice(0, limit)
      // Loaded only here: help reads this file at every start of the command line.
      const { describeKey } = await import('../protocol/read-keys.ts')
      const keys = await Promise.all(shown.map((key) => describeKey(key, values[key.index] ?? null)))
      return { total: found.length, keys }
    },
  },
  'keys show': {
    description: {
      id: 'keys show',
      title: 'Show a key',
      summary: 'Show one key of a recorded key set as JWK and PEM.',
      parameters: [
        ...ofKeySet,
        {
          name: 'index',
          title: 'Place',
          type: 'integer',
          hint: 'Its place in the key set, counted from 0.',
          minimum: 0,
          maximum: 1_000_000,
          required: true,
          positional: true,
        },
      ],
    },
    async run({ recordedKeys }, { run_id, exchange, index }) {
      const { values } = await recordedKeys.read(run_id, exchange)
      const jwk = values[index]
      if (jwk === undefined) {
        throw problem('parameter-invalid', `There are ${values.length} keys; ${index} is not the place of one.`)
      }
      return { jwk, pem: pemOf(jwk) }
    },
  },
}

/** The public key as SubjectPublicKeyInfo; null for a symmetric one or one that cannot be read. @see RFC 7468 §13 */
function pemOf(jwk: Json): string | null {
  if (!isJsonObject(jwk)) return null
  try {
    const key = withoutPrivateMembers(jwk) as unknown as JsonWebKey
    return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()
  } catch {
    return null
  }
}
