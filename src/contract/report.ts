import type {
  FrontChannelMessage,
  MetadataComparison,
  Proof,
  ReceivedMetadata,
  RunOutcome,
  TokenFacts,
  TriedLocation,
} from './events.ts'
import type { BodyReference, CertificateFacts, ConnectionFacts, TlsFacts } from './http.ts'
import type { Json, JsonObject } from './json.ts'
import { capabilitiesOf, endpointsOf, type Capability, type NamedEndpoint } from './metadata/capabilities.ts'
import { managedReportOf, type ManagedReport } from './managed-report.ts'
import { maskOf, shortenMasks } from './mask.ts'
import type { Problem } from './problem.ts'
import { findingsOf } from './rules/index.ts'
import type { Finding } from './rules/rule.ts'
import type { RunOrigin } from './sharing.ts'
import { verdictReportOf, type VerdictReport } from './verdict-report.ts'
import {
  isDiscovery,
  ownExchangesOf,
  waitedMsOf,
  type Exchange,
  type ReceivedToken,
  type Run,
  type RunStep,
} from './run.ts'

/** A token as a report shows it: what may be known of it, and its mask for comparing. */
export type ReportedToken = Omit<TokenFacts, 'fingerprint'> & { masked: string; exchange: string }

/** A certificate without its text form. */
export type ReportedCertificate = Omit<CertificateFacts, 'pem'>

/** A connection with its chain in short form. */
export type ReportedConnection = Omit<ConnectionFacts, 'tls'> & {
  tls?: Omit<TlsFacts, 'chain'> & { chain: ReportedCertificate[] }
}

/** A body as far as the events hold it: up to 1,024 characters of masked text, else its size. */
export type ReportedBody = Omit<BodyReference, 'id' | 'inline'> & { text?: string }

/** One HTTP request with its answer. */
export type ReportedExchange = Omit<Exchange, 'request' | 'response' | 'connection'> & {
  request: Omit<Exchange['request'], 'body'> & { body?: ReportedBody }
  response?: Omit<NonNullable<Exchange['response']>, 'body'> & { body?: ReportedBody }
  connection?: ReportedConnection
}

/** Which run it was, and when. */
export interface ReportedRun {
  id: string
  number: number
  startedAt: string
  finishedAt?: string
  durationMs?: number
  waitedMs: number
}

/** An authorization server as its metadata describes it. */
export interface ReportedServer extends Pick<ReceivedMetadata, 'issuer' | 'location' | 'exchange'> {
  capabilities: Capability[]
  endpoints: NamedEndpoint[]
}

/** A run as one JSON object, for programs and files. Secrets stand in it as short masks only. */
export interface RunReport extends ManagedReport, VerdictReport {
  /** version of this shape */
  format: 1
  outcome: 'running' | RunOutcome
  problem?: Problem
  /** the run was not made here but opened from a file */
  origin?: RunOrigin
  operation: string
  title: string
  profile: string | null
  /** null: the problem came before a run began */
  run: ReportedRun | null
  parameters: JsonObject
  steps: RunStep[]
  exchanges: ReportedExchange[]
  /** how many of the exchanges Grantlab itself sent; the others it sent in a browser's place */
  ownExchanges: number
  /** what went to and came from the browser */
  messages: (FrontChannelMessage & { step: string | null })[]
  decisions: { subject: string; choice: string; reason: string; specification?: string; step: string | null }[]
  tokens: ReportedToken[]
  proofs: (Proof & { step: string | null; exchange: string | null })[]
  findings: Finding[]
  /** where metadata was looked for */
  locations: TriedLocation[]
  /** of a discovery: each authorization server, by the first document found of it */
  servers: ReportedServer[]
  /** key sets that were looked at, the first keys of each */
  keySets: Run['keySets']
  /** what changed since an earlier reading */
  comparisons: MetadataComparison[]
  result?: Json
}

/** What a report says of a run, finished or not. Pure; the same run gives the same report. */
export function reportOf(run: Run): RunReport {
  return shortened({
    format: 1,
    outcome: run.outcome,
    problem: run.problem,
    ...(run.origin ? { origin: run.origin } : {}),
    ...verdictReportOf(run),
    operation: run.operation,
    title: run.title,
    profile: run.profile,
    run: toReportedRun(run),
    parameters: run.parameters,
    steps: run.steps,
    exchanges: run.exchanges.map(toExchange),
    ownExchanges: ownExchangesOf(run).length,
    messages: run.timeline.flatMap((entry) =>
      entry.kind === 'message' ? [{ ...entry.message, step: entry.step }] : [],
    ),
    decisions: run.timeline.flatMap((entry) => {
      if (entry.kind !== 'decision') return []
      const { kind: _kind, ...decision } = entry
      return [decision]
    }),
    tokens: run.tokens.map(toToken),
    proofs: run.proofs,
    findings: findingsOf(run),
    locations: run.locations,
    servers: isDiscovery(run) ? serversOf(run) : [],
    keySets: run.keySets,
    comparisons: run.comparisons,
    ...managedReportOf(run),
    result: run.result,
  } satisfies RunReport)
}

function serversOf({ metadata }: Run): ReportedServer[] {
  const documents = metadata.filter(({ kind = 'authorization-server' }) => kind === 'authorization-server')
  const firsts = documents.filter(({ issuer }, at) => documents.findIndex((one) => one.issuer === issuer) === at)
  return firsts.map(({ issuer, location, exchange, document }) => ({
    issuer,
    location,
    exchange,
    capabilities: capabilitiesOf(document),
    endpoints: endpointsOf(document),
  }))
}

function toReportedRun(run: Run): ReportedRun | null {
  const { id, number, startedAt, finishedAt, durationMs } = run
  if (startedAt === '') return null
  return {
    id,
    number,
    startedAt,
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(durationMs === undefined ? {} : { durationMs }),
    waitedMs: waitedMsOf(run),
  }
}

function toToken({ fingerprint, ...facts }: ReceivedToken): ReportedToken {
  return { ...facts, masked: maskOf(fingerprint) }
}

function toBody(body: BodyReference | undefined): { body?: ReportedBody } {
  if (!body) return {}
  const { id: _id, inline, ...facts } = body
  return { body: inline === undefined ? facts : { ...facts, text: inline } }
}

function toExchange(exchange: Exchange): ReportedExchange {
  const { request, response, connection, ...rest } = exchange
  return {
    ...rest,
    request: { ...request, ...toBody(request.body) },
    ...(response ? { response: { ...response, ...toBody(response.body) } } : {}),
    ...(connection ? { connection: toConnection(connection) } : {}),
  }
}

function toConnection({ tls, ...rest }: ConnectionFacts): ReportedConnection {
  if (!tls) return rest
  const chain = tls.chain.map(({ pem: _pem, ...certificate }) => certificate)
  return { ...rest, tls: { ...tls, chain } }
}

/** Shortens every mask in every text, names of members included, and leaves out what is undefined. */
function shortened<T>(value: T): T {
  return shorten(value) as T
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string') return shortenMasks(value)
  if (Array.isArray(value)) return value.map(shorten)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([name, member]) => [shortenMasks(name), shorten(member)]))
}
