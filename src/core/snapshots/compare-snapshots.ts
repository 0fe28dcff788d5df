import type { JsonObject } from '../../contract/json.ts'
import { type Difference, differencesOf } from '../../contract/metadata/differences.ts'
import type { Snapshot } from './snapshot.ts'

/** What changed between two snapshots, keys included when both have them. */
export function compareSnapshots(before: Snapshot, after: Snapshot): Difference[] {
  return differencesOf(comparable(before, after), comparable(after, before))
}

/** Keys count only where both sides know them; what changes with each answer counts for nothing. */
function comparable({ document, keys }: Snapshot, other: Snapshot): JsonObject {
  const { signed_metadata: _signed, ...stable } = document
  return keys && other.keys ? { ...stable, 'keys (thumbprints)': keys } : stable
}
