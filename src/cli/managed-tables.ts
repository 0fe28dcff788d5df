import type { ClientRecord, GrantRecord } from '../contract/client-record.ts'
import type { Registration } from '../contract/registration.ts'
import type { RunReport } from '../contract/report.ts'
import { fitTable, type Column, type TableDrawing } from './fit-table.ts'
import { localMinuteOf, localPointOf } from './human-time.ts'
import { line, type Painted } from './paint.ts'

const longestScopes = 48

const timeOf = (iso: string | null | undefined) => (iso ? localMinuteOf(iso) : undefined)

/** As many scopes as a line has room for, and how many more there are. */
function scopesOf(scopes: readonly string[]): string {
  const all = scopes.join(' ')
  if (all.length <= longestScopes) return all
  let shown = 0
  let length = 0
  while (shown < scopes.length - 1 && length + (scopes[shown] ?? '').length < longestScopes) {
    length += (scopes[shown] ?? '').length + 1
    shown++
  }
  return shown === 0 ? `${scopes.length} scopes` : `${scopes.slice(0, shown).join(' ')} +${scopes.length - shown}`
}

const clientColumns: Column<ClientRecord>[] = [
  { heading: 'client_id', cell: ({ client_id }) => client_id },
  { heading: 'name', cell: ({ client_name }) => client_name, minimum: 12 },
  { heading: 'type', cell: ({ client_type }) => client_type, leave: 1 },
  { heading: 'grants', cell: ({ grant_types = [] }) => grant_types.join(', '), minimum: 14, leave: 2 },
  { heading: 'scopes', cell: ({ scope = '' }) => scopesOf(scope.split(' ').filter(Boolean)), minimum: 10, leave: 4 },
  { heading: 'created', cell: ({ created_at }) => timeOf(created_at), leave: 3 },
]

const grantColumns: Column<GrantRecord>[] = [
  { heading: 'id', cell: ({ id }) => id },
  { heading: 'client', cell: ({ client_id, client_name }) => client_name || client_id, minimum: 12 },
  { heading: 'scopes', cell: ({ scopes }) => scopesOf(scopes), minimum: 10, leave: 3 },
  { heading: 'created', cell: ({ created_at }) => timeOf(created_at), leave: 1 },
  {
    heading: 'last used',
    cell: ({ last_used_at }) => (last_used_at === null ? 'never' : timeOf(last_used_at)),
    leave: 2,
  },
]

/** The rows of a list for people; nothing where no page of one came. */
export function listLines({ clients, grants, list }: RunReport, drawing: TableDrawing): Painted[] {
  if (!list) return []
  const rows = grants.length > 0 ? fitTable(grantColumns, grants, drawing) : fitTable(clientColumns, clients, drawing)
  const { rows: count, total, complete } = list
  const ofTotal = total !== undefined && total !== count ? ` of ${total}` : ''
  const part = complete ? '' : ', not all'
  return [line``, ...rows, ...(count > 0 ? [drawing.paint.dim(`${count}${ofTotal} in all${part}`)] : [])]
}

const stateWords: Record<Registration['state'], string> = {
  registered: 'registered',
  unknown: 'unknown: look',
  gone: 'gone',
}

/** What was registered from here, for people. */
export function registrationLines(all: readonly Registration[], drawing: TableDrawing & { now: Date }): Painted[] {
  const { now } = drawing
  const secretOf = ({ clientSecret, clientSecretExpiresAt }: Registration) =>
    clientSecretExpiresAt ? `until ${localPointOf(clientSecretExpiresAt, now)}` : clientSecret && 'kept'
  const columns: Column<Registration>[] = [
    { heading: 'id', cell: ({ id }) => id },
    { heading: 'client_id', cell: ({ client_id }) => client_id, minimum: 10 },
    { heading: 'name', cell: ({ title }) => title, minimum: 10, leave: 1 },
    { heading: 'issuer', cell: ({ issuer }) => issuer, minimum: 16, leave: 3 },
    { heading: 'state', cell: ({ state, isOwn }) => (isOwn ? stateWords[state] : `${state}, only read`) },
    { heading: 'secret', cell: secretOf, minimum: 6, leave: 2 },
    { heading: 'registered', cell: ({ registeredAt }) => timeOf(registeredAt), leave: 4 },
    { heading: 'profiles', cell: ({ profiles }) => profiles.join(', '), minimum: 8, leave: 5 },
  ]
  return fitTable(columns, all, drawing)
}
