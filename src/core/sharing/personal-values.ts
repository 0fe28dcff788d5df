import { createHmac } from 'node:crypto'
import { isLoopbackHost } from '../../contract/metadata/address.ts'
import { maskOf } from '../../contract/mask.ts'
import { personalKinds, type PersonalKind } from '../../contract/sharing.ts'
import { LearnedValues } from '../http/masking/learned-values.ts'
import { findPersonal, type FoundPersonal, type TextPlace } from './find-personal.ts'

/** Most values that are looked for everywhere; the others are masked where they stand. */
const mostLearned = 2_000
/** Shorter ones stand in too many words to be told from them. */
const shortest = 3
/** From here on a value is looked for within words and within base64, too. */
const long = 8

/** Words of protocols and of software that somebody may bear as a name: masked where a name stands, not elsewhere. */
const everydayWords = new Set(
  `access address admin administrator agent allow allowed anonymous api app application authorization basic bearer
  browser callback client code confidential consent default demo deny email error example expired false form grant guest
  hello https id issuer json local localhost login name native none null number offline openid operator password phone
  playground post private profile prompt public query read redirect refresh request response root scope secret server
  service sign spa state string subject support system test tester token true type user username valid value web write`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

const kinds = Object.keys(personalKinds) as PersonalKind[]
/** What a value of several kinds is called. */
const order: readonly PersonalKind[] = ['email', 'phone', 'sub', 'name', 'ip', 'login_hint']

/** Personal values of some runs, and what stands for them in something that is handed on. */
export interface PersonalValues {
  /** Says that a value is no person's: a client's id, a host. */
  exclude(value: string): void
  /** Makes known what place and shape tell of a text. Nothing may be learned after the first `mask`. */
  learn(text: string, place?: TextPlace): void
  /** The text with every personal value masked that is not to be shown, in any common encoding. */
  mask(text: string, place?: TextPlace): string
  /** How many different values there are of each kind. */
  counts(): Map<PersonalKind, number>
}

/** Creates them; `include` names the kinds to be shown, `key` is fresh for each thing that is handed on. */
export function createPersonalValues(key: Uint8Array, include: readonly PersonalKind[]): PersonalValues {
  const known = new Map<string, Set<PersonalKind>>()
  const excluded = new Set<string>()
  const pseudonymOf = createPseudonyms(key)
  let finders: { long: LearnedValues; short: LearnedValues } | undefined
  const isPersonal = ({ value, kind }: Pick<FoundPersonal, 'value' | 'kind'>) =>
    !excluded.has(value) && !(kind === 'ip' && isOwnAddress(value))
  /** What is written in small letters elsewhere, unless that is another value. */
  const lowered = new Map<string, string>()
  const learnValue = (value: string, kind: PersonalKind) => {
    const text = normal(value)
    if (!isPersonal({ value, kind }) || text === '') return
    known.set(text, (known.get(text) ?? new Set()).add(kind))
    lowered.set(text.toLowerCase(), text)
    // A mailbox is the same however it is written.
    if (value.trim() !== text) lowered.set(value.trim(), text)
  }
  /** A value that is of several kinds is shown only when all of them are. */
  const replacement = (value: string, kind: PersonalKind) => {
    const text = normal(value)
    const spelt = known.has(text) ? text : (lowered.get(value.trim()) ?? text)
    const of = known.get(spelt) ?? new Set([kind])
    if ([...of].every((one) => include.includes(one))) return undefined
    return pseudonymOf(spelt, order.find((one) => of.has(one)) ?? kind)
  }
  const find = (text: string): FoundPersonal[] => {
    finders ??= buildFinders([...new Set([...known.keys(), ...lowered.keys()])].filter((value) => !excluded.has(value)))
    const byValue = [...finders.long.find(text), ...wordsOnly(text, finders.short.find(text))]
    return byValue.map(({ start, end, clear }) => ({ start, end, value: clear, kind: 'sub' }))
  }
  return {
    exclude: (value) => void excluded.add(value),
    learn(text, place) {
      for (const { value, kind } of findPersonal(text, place)) learnValue(value, kind)
    },
    mask(text, place) {
      if (text === '') return text
      const found = [...findPersonal(text, place).filter(isPersonal), ...find(text)]
      return replaced(text, found, replacement)
    },
    counts: () => new Map(kinds.map((kind) => [kind, [...known.values()].filter((of) => of.has(kind)).length])),
  }
}

/** This machine tells nothing of anybody. */
function isOwnAddress(value: string): boolean {
  const address = value.replace(/^::ffff:/i, '')
  return isLoopbackHost(address.includes(':') ? `[${address}]` : address)
}

const normal = (value: string) => (value.includes('@') ? value.trim().toLowerCase() : value.trim())

function buildFinders(values: readonly string[]) {
  const finders = { long: new LearnedValues(long), short: new LearnedValues(shortest) }
  const looked = values.filter((value) => value.length >= shortest && !everydayWords.has(value.toLowerCase()))
  for (const value of looked.slice(0, mostLearned)) {
    finders[value.length >= long ? 'long' : 'short'].learn(value, 'secret')
  }
  return finders
}

/** Short values count as whole words only; within base64 a few letters stand by chance. */
function wordsOnly<T extends { start: number; end: number; clear: string }>(text: string, found: readonly T[]): T[] {
  return found.filter(({ start, end, clear }) => {
    const slice = text.slice(start, end)
    const isBase64 = /^[\w+/=-]+$/.test(slice) && slice !== clear && slice.replaceAll('+', ' ') !== clear
    const before = text.slice(Math.max(0, start - 6), start)
    const isWithin =
      /[\p{L}\p{N}]$/u.test(before) && !/(?:%(?:25)?[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\[nrt])$/.test(before)
    return clear === '' || (!isBase64 && !isWithin && !/^[\p{L}\p{N}]/u.test(text.slice(end, end + 2)))
  })
}

function replaced(
  text: string,
  found: readonly FoundPersonal[],
  replacement: (value: string, kind: PersonalKind) => string | undefined,
): string {
  // SECURITY: a text that was made to be slow to search is not shown at all.
  if (found.some(({ value }) => value === '')) return maskOf()
  let result = ''
  let end = 0
  const keep = (until: number) => {
    result += text.slice(end, until)
    return until
  }
  // Of what begins at one place the longer counts, and of the same length what is known of its kind.
  for (const next of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (next.start < end) continue
    const mask = replacement(next.value, next.kind)
    if (mask === undefined) {
      // A part of an address that is to be shown is shown with it.
      if (next.kind === 'email') end = keep(next.end)
      continue
    }
    const isNumber = /[:[,]\s*$/.test(text.slice(Math.max(0, next.start - 9), next.start)) && isNumeric(text, next)
    keep(next.start)
    result += isNumber ? `"${mask}"` : mask
    end = next.end
  }
  return result + text.slice(end)
}

/** A bare number of JSON: its mask is a text and needs quotes. */
function isNumeric(text: string, { start, end }: FoundPersonal): boolean {
  return /^-?\d[\d.]*$/.test(text.slice(start, end)) && /^\s*[,}\]]/.test(text.slice(end, end + 9))
}

/** `‹email #3f2a›`, the same for the same value; longer where four digits are taken. */
function createPseudonyms(key: Uint8Array): (value: string, kind: PersonalKind) => string {
  const taken = new Map<string, string>()
  const made = new Map<string, string>()
  return (value, kind) => {
    const before = made.get(value)
    if (before) return before
    const digest = createHmac('sha256', key).update(`personal\0${value}`).digest('hex')
    let length = 4
    while (taken.has(`${kind} ${digest.slice(0, length)}`) && length < digest.length) length += 4
    const name = `${kind} ${digest.slice(0, length)}`
    taken.set(name, value)
    const pseudonym = `‹${kind} #${digest.slice(0, length)}›`
    made.set(value, pseudonym)
    return pseudonym
  }
}
