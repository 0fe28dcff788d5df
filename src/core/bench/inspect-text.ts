import type { Inspection } from '../../contract/bench/inspection.ts'
import type { Json } from '../../contract/json.ts'
import { createMasker } from '../http/masking/create-masker.ts'
import { inspectToken } from './inspect-token.ts'
import { recognise } from './recognise.ts'

const mostMembers = 200
const longestMember = 4_000
const mostTokens = 50

/** What the reading of a text works with. */
export interface InspectText {
  text: string
  /** the name of the file it came from */
  name?: string
  /** the data folder's, under which everything is fingerprinted */
  fingerprintKey: Uint8Array
  /** gets each clear value by its fingerprint, so that it can be revealed */
  keep(fingerprint: string, clear: string): void
}

/** Reads whatever somebody pasted. Sends nothing, never throws for what is in the text, and answers fingerprints only. */
export function inspectText({ text, name, fingerprintKey, keep }: InspectText): Inspection {
  const masker = createMasker({ key: fingerprintKey, onSecret: keep })
  const found = recognise(text, name)
  const unique = [...new Map(found.tokens.toReversed().map((token) => [token.value, token])).values()].toReversed()
  const kept = unique.slice(0, mostTokens)
  // All of them are known before any is shown: one may stand within another.
  for (const { value } of kept) masker.learn(value)
  const members = found.members.slice(0, mostMembers).map(({ name: member, value }) => ({
    name: masker.maskText(member).slice(0, 200),
    value: maskMember(masker.maskJson({ [member]: value })),
  }))
  const inspection: Inspection = {
    recognised: found.recognised,
    read: found.read,
    tokens: kept.map((token) => inspectToken(token, masker)),
    members,
    problems: found.problems,
  }
  // SECURITY: a name, a pointer or a sentence can hold a value that became known only while reading.
  return masker.maskJson(inspection as unknown as Json) as unknown as Inspection
}

function maskMember(masked: { [name: string]: Json }): string {
  const text = String(Object.values(masked)[0] ?? '')
  return text.length > longestMember ? `${text.slice(0, longestMember)}… (${text.length} characters)` : text
}
