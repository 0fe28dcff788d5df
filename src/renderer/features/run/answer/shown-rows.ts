import type { ListRow } from '../../../../contract/client-record.ts'

/** A row of a list in three short texts. */
export interface ShownRow {
  id: string
  /** empty: it has none */
  name: string
  more: string
}

/** Rows as the small table of a run shows them. */
export function shownRowsOf(rows: readonly ListRow[]): ShownRow[] {
  return rows.map((row) => {
    if (row.kind === 'grant') {
      const { id, client_id, scopes } = row.grant
      return { id, name: row.grant.client_name ?? client_id, more: scopes.join(' ') }
    }
    const { client_id: id, client_name: name = '', client_type: type, grant_types: grants = [] } = row.client
    return { id, name, more: [...(type ? [type] : []), ...grants].join(', ') }
  })
}
