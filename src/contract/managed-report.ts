import type { ClientRecord, GrantRecord, KnownRegistration, RegisteredClient } from './client-record.ts'
import { changedMembers, type ComparedMember } from './compare-registered.ts'
import type { PreflightCheck } from './preflight/preflight-check.ts'
import { preflightChecksOf } from './rules/preflight.ts'
import { rowsOf, type Run, type RunPause, type RunTarget } from './run.ts'

/** How far a list was read. */
export interface ReportedList {
  /** number of the first page that came; 1 unless the list was gone on with */
  firstPage: number
  /** how many pages came */
  pagesRead: number
  /** rows that came */
  rows: number
  /** pages and rows in all, as the server last said; absent when it did not */
  pages?: number
  total?: number
  /** from the first page of the server to its last */
  complete: boolean
}

/** A registration with what differs in it from what was asked for. */
export type ReportedRegistration = RegisteredClient & { differences: ComparedMember[] }

/** What a report says of clients and grants. Every member is there in every report; of other runs they are empty. */
export interface ManagedReport {
  /** the rows of a list of clients, in the order of the server */
  clients: ClientRecord[]
  grants: GrantRecord[]
  /** null: no page of a list came */
  list: ReportedList | null
  /** what happened to each of several things */
  targets: RunTarget[]
  registered: ReportedRegistration[]
  known: KnownRegistration[]
  /** what the run asks for beside what is known of its client */
  preflight: PreflightCheck[]
  pauses: RunPause[]
}

/** The part of a report that is about clients and grants. */
export function managedReportOf(run: Run): ManagedReport {
  const rows = rowsOf(run)
  return {
    clients: rows.flatMap((row) => (row.kind === 'client' ? [row.client] : [])),
    grants: rows.flatMap((row) => (row.kind === 'grant' ? [row.grant] : [])),
    list: listOf(run, rows.length),
    targets: run.targets,
    registered: run.registered.map((one) => ({ ...one, differences: one.how === 'sent' ? changedMembers(one) : [] })),
    known: run.known,
    preflight: preflightChecksOf(run),
    pauses: run.pauses,
  }
}

function listOf({ pages: read, outcome }: Run, rows: number): ReportedList | null {
  const [first] = read
  const last = read.at(-1)
  if (!first || !last) return null
  const { pages, total } = last
  return {
    firstPage: first.page,
    pagesRead: read.length,
    rows,
    ...(pages === undefined ? {} : { pages }),
    ...(total === undefined ? {} : { total }),
    complete: outcome === 'succeeded' && first.page === 1,
  }
}
