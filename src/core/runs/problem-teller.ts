import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Masker } from '../http/masking/create-masker.ts'
import { causesOf } from '../problems/causes.ts'
import { toProblem } from '../problems/to-problem.ts'

/** Where in the run an error was first met. */
interface Place {
  step?: string
  exchange?: string
}

/** Tells the errors of one run as problems: masked, and with the step and exchange they were met in. */
export interface ProblemTeller {
  /** Remembers where an error was met; the first, innermost place stays. */
  met(error: unknown, place: Place): void
  tell(error: unknown): Problem
}

/** Creates the teller of a run. */
export function createProblemTeller(masker: Masker): ProblemTeller {
  const places = new WeakMap<object, Place>()
  return {
    met(error, place) {
      if (typeof error === 'object' && error !== null) places.set(error, { ...place, ...places.get(error) })
    },
    tell(error) {
      const found = { ...placeOf(places, error), ...toProblem(error) }
      // SECURITY: a problem's texts may quote what a server said: they are masked like everything else.
      // Cut afterwards: half a secret is not found any more.
      return shortened(masker.maskJson(found as unknown as JsonObject)) as unknown as Problem
    },
  }
}

/** A problem quotes no more of a server's words than this; the rest stands in the exchange. */
const longestText = 4_000

function shortened(value: Json): Json {
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}…` : value
  if (Array.isArray(value)) return value.map(shortened)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shortened(field)]))
}

/** The place of an error or of what it was made from: a library wraps what our fetch throws. */
function placeOf(places: WeakMap<object, Place>, error: unknown): Place {
  let place: Place = {}
  for (const link of causesOf(error)) place = { ...places.get(link), ...place }
  return place
}
