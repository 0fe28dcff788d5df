import { factsOfClaim, factsOfHeaderParameter, type ClaimFacts } from '../../contract/bench/claim-catalogue.ts'
import type { ClaimRow, TokenFault } from '../../contract/bench/inspection.ts'
import type { Json, JsonObject } from '../../contract/json.ts'
import { boundJson } from './bound-json.ts'
import { readNumericDate } from './numeric-date.ts'
import { pointerOf } from './read-json.ts'

const mostRows = 500
const longestValue = 4_000
const longestName = 200

/** The members of a header or of claims as rows, at most 500, each value bounded. */
export function rowsOf(json: JsonObject, where: 'header' | 'payload', faults: readonly TokenFault[]): ClaimRow[] {
  const factsOfName = where === 'header' ? factsOfHeaderParameter : factsOfClaim
  const told = faultsByName(faults)
  return Object.entries(json)
    .slice(0, mostRows)
    .map(([name, value]) => {
      const facts = factsOfName(name)
      const row = rowOf(name, value, facts)
      row.faults.push(...(told.get(pointerOf([name])) ?? []))
      if (where === 'payload') row.faults.push(...orderFaults(name, json))
      return row
    })
}

function faultsByName(faults: readonly TokenFault[]): Map<string, string[]> {
  const told = new Map<string, string[]>()
  for (const { pointer = '', detail } of faults) {
    const top = /^\/[^/]*/.exec(pointer)?.[0]
    if (top === undefined) continue
    told.set(top, [...(told.get(top) ?? []), detail].slice(0, 5))
  }
  return told
}

function rowOf(name: string, value: Json, facts: ClaimFacts | undefined): ClaimRow {
  const row: ClaimRow = {
    name: name.length > longestName ? `${name.slice(0, longestName)}…` : name,
    value: boundJson(value, longestValue),
    family: facts?.family ?? 'unknown',
    ...(facts ? { meaning: facts.meaning, section: facts.section } : {}),
    shape: shapeOf(value, facts?.shape),
    faults: [],
  }
  if (facts?.shape !== 'time') return { ...row, faults: facts ? typeFaults(name, value, facts) : [] }
  const { time, faults } = readNumericDate(value)
  return { ...row, shape: 'time', time, faults }
}

/** How a value is drawn: as its name promises where it is that, else as what it is. */
function shapeOf(value: Json, promised: ClaimRow['shape'] | undefined): ClaimRow['shape'] {
  if (typeof value === 'string') return promised === 'words' ? 'words' : 'text'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'flag'
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? 'list' : 'json'
}

/** Names that may hold one text as well as a list. */
const oneOrMany = new Set(['aud'])
/** Structured claims that are no object. */
const anyJson = new Set(['authorization_details'])

/** What a specification says of the type, and the value is not. A vendor's claims may be anything. */
function typeFaults(name: string, value: Json, { family, shape, section }: ClaimFacts): string[] {
  if (family === 'vendor') return []
  const is = shapeOf(value, shape)
  if (is === 'words') return /^[^\s,]+(?:,[^\s,]+)+$/.test(String(value)) ? [commas(section)] : []
  if (is === shape || isAllowed(name, shape, is)) return []
  return [`It must be ${wanted[shape]} (${section}), and is ${given(value)}.`]
}

function isAllowed(name: string, shape: ClaimRow['shape'], is: ClaimRow['shape']): boolean {
  return (shape === 'list' && is === 'text' && oneOrMany.has(name)) || (shape === 'json' && anyJson.has(name))
}

function commas(section: string): string {
  return `The words are separated by commas; ${section} wants spaces.`
}

const wanted: Record<ClaimRow['shape'], string> = {
  text: 'a text',
  time: 'a number of seconds',
  words: 'one text of words separated by spaces',
  list: 'a list of texts',
  flag: 'true or false',
  number: 'a number',
  json: 'an object',
}

function given(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'an object'
}

/** Times that contradict each other. */
function orderFaults(name: string, json: JsonObject): string[] {
  const at = (claim: string) => {
    const value = Object.hasOwn(json, claim) ? json[claim] : undefined
    return typeof value === 'number' ? value : undefined
  }
  const [expires, issued, begins] = [at('exp'), at('iat'), at('nbf')]
  if (name !== 'exp' || expires === undefined) return []
  return [
    ...(issued !== undefined && expires <= issued ? ['It is not after iat: the token was never good.'] : []),
    ...(begins !== undefined && expires <= begins ? ['It is not after nbf: the token was never good.'] : []),
  ]
}
