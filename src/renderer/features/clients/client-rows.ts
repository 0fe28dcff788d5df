import type { ClientRecord } from '../../../contract/client-record.ts'
import type { Run } from '../../../contract/run.ts'
import type { ToldClient } from '../../stores/managed-records.ts'
import { hasWords } from './sort-rows.ts'

/** A client in the list. */
export interface ClientRow {
  id: string
  client: ClientRecord
  /** the run that told it last */
  runId: string
  /** deleted from here since the list came */
  isGone: boolean
}

/** What the list is narrowed to here, without asking the server; an empty value lets everything through. */
export interface ClientFilter {
  text: string
  type: string
  grantType: string
}

/** What is known of single clients besides the list. */
export interface LaterNews {
  toldOf(clientId: string): ToldClient | undefined
  /** ISO time of the run that found a client gone, by its id */
  gone: ReadonlyMap<string, string>
}

/** The clients of a list's runs, each once, as they were told last. */
export function clientRowsOf(runs: readonly Run[], { toldOf, gone }: LaterNews): ClientRow[] {
  const rows = new Map<string, ClientRow>()
  for (const { id: runId, startedAt, pages } of runs) {
    for (const row of pages.flatMap((page) => page.rows)) {
      if (row.kind !== 'client') continue
      const id = row.client.client_id
      const told = toldOf(id)
      const later = told && told.at > startedAt ? told : { client: row.client, runId }
      rows.set(id, { id, client: later.client, runId: later.runId, isGone: (gone.get(id) ?? '') > startedAt })
    }
  }
  return [...rows.values()]
}

/** The rows that a filter lets through. */
export function filterClients(rows: readonly ClientRow[], { text, type, grantType }: ClientFilter): ClientRow[] {
  return rows.filter(
    ({ client }) =>
      (!type || client.client_type === type) &&
      (!grantType || client.grant_types?.includes(grantType)) &&
      hasWords(searchTextOf(client), text),
  )
}

/** Grant types that occur, for the filter. */
export function grantTypesOf(rows: readonly ClientRow[]): string[] {
  return [...new Set(rows.flatMap(({ client }) => client.grant_types ?? []))].sort()
}

/** What a column sorts by. */
export function clientTextOf({ client }: ClientRow, column: string): string {
  const texts: Record<string, string | undefined> = {
    name: client.client_name,
    id: client.client_id,
    type: client.client_type,
    grants: client.grant_types?.join(' '),
    scope: client.scope,
    redirect: client.redirect_uris?.join(' '),
    created: client.created_at,
  }
  return texts[column] ?? ''
}

const searchTexts = new WeakMap<ClientRecord, string>()

/** Made once for each record: ten thousand are searched with each letter. */
function searchTextOf(client: ClientRecord): string {
  const known = searchTexts.get(client)
  if (known !== undefined) return known
  const { client_name: name = '', client_id: id, client_type: type = '', scope = '' } = client
  const lists = [...(client.grant_types ?? []), ...(client.redirect_uris ?? [])]
  const text = [name, id, type, scope, ...lists].join(' ').toLowerCase()
  searchTexts.set(client, text)
  return text
}
