import type { GrantRecord } from '../../../contract/client-record.ts'
import type { Run } from '../../../contract/run.ts'
import { hasWords } from './sort-rows.ts'

/** A grant in the list, with the name of its client where one is known. */
export interface GrantRow {
  id: string
  grant: GrantRecord
  clientName: string
  runId: string
  /** revoked from here since the list came */
  isGone: boolean
}

/** What the list is narrowed to here. */
export interface GrantFilter {
  text: string
  isUnused: boolean
}

/** What is known besides the list. */
export interface GrantNews {
  /** names of clients by their ids, from the list of clients */
  names: ReadonlyMap<string, string>
  gone: ReadonlyMap<string, string>
}

/** The grants of a list's runs, each once. */
export function grantRowsOf(runs: readonly Run[], { names, gone }: GrantNews): GrantRow[] {
  const rows = new Map<string, GrantRow>()
  for (const { id: runId, startedAt, pages } of runs) {
    for (const row of pages.flatMap((page) => page.rows)) {
      if (row.kind !== 'grant') continue
      const { grant } = row
      const clientName = grant.client_name ?? names.get(grant.client_id) ?? ''
      rows.set(grant.id, { id: grant.id, grant, clientName, runId, isGone: (gone.get(grant.id) ?? '') > startedAt })
    }
  }
  return [...rows.values()]
}

/** The rows that a filter lets through. */
export function filterGrants(rows: readonly GrantRow[], { text, isUnused }: GrantFilter): GrantRow[] {
  return rows.filter((row) => (!isUnused || !row.grant.last_used_at) && hasWords(searchTextOf(row), text))
}

/** What a column sorts by. */
export function grantTextOf({ grant, clientName }: GrantRow, column: string): string {
  const texts: Record<string, string | null | undefined> = {
    client: clientName || grant.client_id,
    scopes: grant.scopes.join(' '),
    created: grant.created_at,
    used: grant.last_used_at,
    id: grant.id,
  }
  return texts[column] ?? ''
}

function searchTextOf({ grant, clientName }: GrantRow): string {
  return [clientName, grant.client_id, grant.id, ...grant.scopes].join(' ').toLowerCase()
}
