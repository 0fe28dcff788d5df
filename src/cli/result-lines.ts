import type { Commands } from '../contract/commands.ts'
import type { KeptTokenSummary } from '../contract/kept.ts'
import { familyLines } from './family-lines.ts'
import { inspectionLines } from './inspection-lines.ts'
import { registrationLines } from './managed-tables.ts'
import { line, type Paint, type Painted } from './paint.ts'
import { registrationFacts } from './registration-facts.ts'
import { contentsLines } from './shared-lines.ts'
import { problemLines } from './summary-lines.ts'
import { tableLines } from './table-lines.ts'

/** What the result of a command is drawn with. */
interface Drawing {
  paint: Paint
  /** columns of the terminal; absent: nothing is cut */
  width: number | undefined
  now: Date
}

type Drawers = { [Id in keyof Commands]?: (result: Commands[Id]['result'], drawing: Drawing) => Painted[] }

/** Results that are not simply listed. */
const drawers: Drawers = {
  'token inspect': inspectionLines,
  'tokens family': familyLines,
  'tokens list': (tokens, { paint }) => tableLines(narrow(tokens), paint),
  'capsule preview': ({ contents, text }, { paint }) => [
    ...contentsLines(contents, paint),
    line``,
    ...text.split('\n').map((one) => line`${one}`),
  ],
  'secret set': ({ name, origins }, { paint }) => tableLines({ name, 'may go to': placesOf(origins) }, paint),
  'registrations list': registrationLines,
  'registrations find': (found, drawing) =>
    found ? registrationFacts(found, drawing) : tableLines(found, drawing.paint),
  'profiles delete': ({ deleted }, { paint }) => tableLines({ deleted }, paint),
  'profiles check': ({ problems }, { paint }) =>
    problems.length === 0 ? [paint.good('No problem')] : problems.flatMap((one) => problemLines(one, paint)),
  'keys find': ({ keys, total }, { paint }) => [...tableLines(keys, paint), paint.dim(`${total} in all`)],
}

/** What a command answered, for people. */
export function resultLines(id: string, result: unknown, drawing: Drawing): Painted[] {
  const draw = drawers[id as keyof Commands] as ((given: unknown, drawing: Drawing) => Painted[]) | undefined
  return draw ? draw(result, drawing) : tableLines(result, drawing.paint)
}

/** Columns that are empty in every row say nothing; 8 characters of a family are enough to name it. */
function narrow(tokens: KeptTokenSummary[]): object[] {
  const isEmpty = (value: unknown) => value === undefined || value === null || String(value) === ''
  const used = new Set(
    tokens.flatMap((token) => Object.entries(token).flatMap(([name, value]) => (isEmpty(value) ? [] : [name]))),
  )
  return tokens.map((token) => {
    const short = { ...token, family: token.family.slice(0, 8) }
    return Object.fromEntries(Object.entries(short).filter(([name]) => used.has(name)))
  })
}

function placesOf(origins: readonly string[]): string {
  return origins.join(', ') || 'where it is used first'
}
