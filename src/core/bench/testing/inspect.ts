import type { InspectedToken, Inspection } from '../../../contract/bench/inspection.ts'
import { inspectText } from '../inspect-text.ts'

/** Reads a text as the command does, with the clear values by their fingerprints. */
export function inspectWithValues(
  text: string,
  name?: string,
): { inspection: Inspection; values: Map<string, string> } {
  const values = new Map<string, string>()
  const keep = (fingerprint: string, clear: string) => void values.set(fingerprint, clear)
  const inspection = inspectText({ text, ...(name ? { name } : {}), fingerprintKey: new Uint8Array(32), keep })
  return { inspection, values }
}

/** Reads a text as the command does. */
export function inspect(text: string, name?: string): Inspection {
  return inspectWithValues(text, name).inspection
}

/** The one token of a text. */
export function inspectOne(text: string): InspectedToken {
  const { tokens } = inspect(text)
  if (tokens.length !== 1) throw new Error(`${tokens.length} tokens were found`)
  return tokens[0]!
}
