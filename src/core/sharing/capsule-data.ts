import type { RunEvent } from '../../contract/events.ts'
import type { PersonalKind } from '../../contract/sharing.ts'
import type { LeftOut } from './read-runs.ts'

/** The version of the data that is written now; see `fileKinds.capsule`. */
export const capsuleVersion = 1

/** What stands right before the data of a capsule; the text of its page cannot hold it, since `<` is escaped there. */
export const capsuleMarker = '<script type="application/json" id="grantlab-capsule">'
const capsuleEnd = '</script>'

/** A run within a capsule: its events, and the bodies that they name. */
export interface CapsuleRun {
  events: RunEvent[]
  bodies: Record<string, string>
  leftOut: LeftOut[]
}

/** What Grantlab reads of a capsule; `version` comes first. */
export interface CapsuleData {
  version: typeof capsuleVersion
  /** version of the Grantlab that made it */
  grantlab: string
  /** ISO time */
  madeAt: string
  note: string
  /** kinds of personal data that stand in clear */
  include: PersonalKind[]
  runs: CapsuleRun[]
}

/**
 * The data as the block of a page. No browser runs it: its type is no script's.
 * SECURITY: without `<` nothing in it can end the block or begin a comment.
 */
export function writeCapsuleData(data: CapsuleData): string {
  const json = JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replace(/[\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
  return `${capsuleMarker}${json}${capsuleEnd}`
}

/** The data of a capsule as text; undefined when there is none, or more than one. */
export function capsuleDataIn(text: string): string | undefined {
  const start = text.indexOf(capsuleMarker)
  const from = start + capsuleMarker.length
  const end = text.indexOf('<', from)
  if (start < 0 || end < 0 || !text.startsWith(capsuleEnd, end)) return undefined
  return text.includes(capsuleMarker, from) ? undefined : text.slice(from, end)
}
