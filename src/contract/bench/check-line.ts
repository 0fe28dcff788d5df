import type { Json } from '../json.ts'
import type { TokenCheck } from './verdict.ts'

/** A check, with whether somebody asked for it: then it must be told before a token is valid. */
export type CheckLine = TokenCheck & { isAsked?: true }

/** What was found, beside what was to be found. */
export interface Found {
  expected: string
  actual: string
  why?: string
  isAdvice?: boolean
  isAsked?: boolean
}

/** What a check is about, whatever it finds. */
export interface CheckName {
  id: string
  subject: TokenCheck['subject']
  title: string
  section: string
}

/** Builds the line of a check. */
export function checkLine(name: CheckName, holds: boolean | null, found: Found): CheckLine {
  const { expected, actual, why, isAdvice, isAsked } = found
  return {
    ...name,
    holds,
    expected,
    actual,
    ...(why === undefined ? {} : { why }),
    ...(isAdvice ? { isAdvice: true } : {}),
    ...(isAsked ? { isAsked: true } : {}),
  }
}

const longest = 200
const mostListed = 5

/** A claim's value in a line: bounded, whatever a stranger put there; nothing nested is looked into. */
export function shownValue(value: Json | undefined): string {
  if (value === undefined) return 'absent'
  if (typeof value === 'string') return value === '' ? '(empty)' : cut(value)
  if (Array.isArray(value)) return listed(value)
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

function listed(values: Json[]): string {
  if (values.length === 0) return '(empty list)'
  const texts = values.slice(0, mostListed).map((value) => (Array.isArray(value) ? 'a list' : shownValue(value)))
  const rest = values.length - texts.length
  return cut(texts.join(', ')) + (rest > 0 ? ` and ${rest} more` : '')
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text
}
