import type { ConsentRecord } from '../contract/client-record.ts'
import { comparedMembers, type ComparedMember } from '../contract/compare-registered.ts'
import type { Json } from '../contract/json.ts'
import type { ReportedRegistration } from '../contract/managed-report.ts'
import type { Problem } from '../contract/problem.ts'
import type { RunReport } from '../contract/report.ts'
import type { RunTarget } from '../contract/run.ts'
import { fitTable, type Column, type TableDrawing } from './fit-table.ts'
import { localPointOf } from './human-time.ts'
import { line, type Paint, type Painted } from './paint.ts'

interface RegisteredDrawing extends TableDrawing {
  now: Date
  /** no vault lasts: what is kept is kept until the call ends */
  endsWithCall?: boolean
}

/** What a run registered: each member beside what was asked for, and where its secrets are. Reads say nothing here. */
export function registeredLines({ registered, operation }: RunReport, drawing: RegisteredDrawing): Painted[] {
  const sent = registered.filter(({ how }) => how === 'sent')
  const isNew = !operation.endsWith(' update')
  return sent.flatMap((one) => [
    ...registrationLines(one, drawing),
    ...(isNew && one.registration ? [profileHint(one.registration, drawing.paint)] : []),
  ])
}

const signs: Record<ComparedMember['how'], string> = {
  same: '',
  changed: 'changed',
  dropped: 'left out',
  added: 'not asked for',
}

const memberColumns: Column<ComparedMember>[] = [
  { heading: 'member', cell: ({ name }) => name },
  { heading: 'asked for', cell: ({ asked }) => textOf(asked), minimum: 14 },
  { heading: 'registered', cell: ({ registered }) => textOf(registered), minimum: 14 },
  { heading: 'by the server', cell: ({ how }) => signs[how] },
]

function registrationLines(facts: ReportedRegistration, drawing: RegisteredDrawing): Painted[] {
  const { paint } = drawing
  const count = facts.differences.length
  const verdict =
    count === 0
      ? paint.good('as asked for')
      : paint.warn(`${count} ${count === 1 ? 'difference' : 'differences'} to what was asked for`)
  const members = comparedMembers(facts).filter(isWorthShowing)
  return [
    line``,
    line`${paint.bold('Registered')}  ${facts.client.client_id}  ${verdict}`,
    ...(members.length > 0 ? fitTable(memberColumns, members, drawing) : []),
    ...issuedLines(facts, drawing),
  ]
}

/** What a server adds without a value says nothing, and what it issues with every registration is no metadata. */
function isWorthShowing({ name, how, registered }: ComparedMember): boolean {
  if (how === 'changed' || how === 'dropped') return true
  return !issued.has(name) && (how === 'same' || registered !== null)
}

function profileHint(registration: string, paint: Paint): Painted {
  return paint.dim(`grantlab registrations make-profile ${registration} NAME makes a profile that signs in with it.`)
}

/** RFC 7591 §3.2.1, RFC 7592 §3 */
const issued = new Set([
  'client_id',
  'client_id_issued_at',
  'client_secret',
  'client_secret_expires_at',
  'registration_client_uri',
  'registration_access_token',
])

/** What was issued and where it is kept. Values leave only by --print. */
function issuedLines(facts: ReportedRegistration, { paint, now, endsWithCall }: RegisteredDrawing): Painted[] {
  const { keptSecret, registered, client } = facts
  const secret = registered.client_secret
  const kept = endsWithCall ? 'kept until this call ends' : `kept as secret ${keptSecret}`
  const place = keptSecret ? kept : 'not kept: only --print client_secret shows it'
  const expires = client.client_secret_expires_at
  const end = expires ? `, expires ${localPointOf(expires, now)}` : ''
  return [
    ...(typeof secret === 'string' ? [line`${paint.bold('client_secret')}  ${secret}  ${place}${end}`] : []),
    ...(typeof registered.registration_client_uri === 'string'
      ? [line`${paint.bold('managed at')}  ${registered.registration_client_uri}`]
      : []),
  ]
}

function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ') || 'empty'
  return typeof value === 'string' ? value || 'empty' : JSON.stringify(value)
}

const words: Record<RunTarget['outcome'], { text: string; paint: 'good' | 'dim' | 'bad' | 'warn' }> = {
  done: { text: 'done', paint: 'good' },
  absent: { text: 'was gone', paint: 'dim' },
  failed: { text: 'failed', paint: 'bad' },
  unknown: { text: 'not known', paint: 'warn' },
}

/** What happened to one of several things, as a line. */
export function targetLine(target: Pick<RunTarget, 'target' | 'title' | 'outcome' | 'problem'>, paint: Paint): Painted {
  const { text, paint: painter } = words[target.outcome]
  const named = target.title && target.title !== target.target ? `  ${target.title}` : ''
  const why = target.problem ? `: ${whyOf(target.problem)}` : ''
  return line`${paint[painter](text)}  ${target.target}${named}${why}`
}

/** How many there were of each outcome; nothing for none or one. */
export function targetCounts({ targets }: RunReport): Painted[] {
  if (targets.length < 2) return []
  const outcomes = Object.keys(words) as RunTarget['outcome'][]
  const counts = outcomes.flatMap((outcome) => {
    const count = targets.filter((one) => one.outcome === outcome).length
    return count > 0 ? [`${count} ${words[outcome].text}`] : []
  })
  return [line``, line`${targets.length} in all: ${counts.join(', ')}`]
}

function whyOf({ title, detail, status }: Problem): string {
  return `${title}${status === undefined ? '' : ` (${status})`}. ${detail}`
}

/** Who asks for what, of a request that waits for somebody's decision. */
export function consentLines(consent: ConsentRecord, paint: Paint): Painted[] {
  const { client_id, client_name, redirect_uri, verified, scopes } = consent
  const who = client_name ?? client_id ?? 'A client that the server does not name'
  const id = client_name && client_id ? ` (${client_id})` : ''
  const longest = Math.max(0, ...scopes.map((scope) => scope.id.length))
  return [
    line`${paint.bold(who)}${id} asks for${scopes.length === 0 ? ' nothing that the server names' : ''}`,
    ...scopes.map((scope) => {
      const said = [scope.name === scope.id ? undefined : scope.name, scope.description].filter(Boolean)
      return line`  ${scope.id.padEnd(said.length > 0 ? longest : 0)}${said.length > 0 ? `  ${said.join(': ')}` : ''}`
    }),
    ...(redirect_uri ? [line`The answer goes to ${redirect_uri}`] : []),
    ...(verified === undefined
      ? []
      : [verified ? line`The server says it is verified.` : paint.warn('The server says it is not verified.')]),
  ]
}
