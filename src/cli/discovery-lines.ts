import type { MetadataComparison, TriedLocation } from '../contract/events.ts'
import type { KeyFacts } from '../contract/keys/key-facts.ts'
import type { Capability } from '../contract/metadata/capabilities.ts'
import type { ReportedServer, RunReport } from '../contract/report.ts'
import { line, type Paint, type Painted } from './paint.ts'
import { tableLines } from './table-lines.ts'

/** So many keys and changes are printed; the JSON output has more. */
const mostShown = 20
const longestValue = 120

/**
 * What a discovery found out, for people: the locations, what each server can do, its endpoints and keys, and what
 * changed. What is wrong with it are findings, which the summary has.
 */
export function discoveryLines(report: RunReport, paint: Paint): Painted[] {
  const { locations, servers, keySets, comparisons } = report
  return [
    ...section(
      paint.bold('Looked for metadata'),
      locations.length > 0 ? tableLines(locations.map(locationRow), paint) : [],
    ),
    ...servers.flatMap((server) => serverLines(server, paint)),
    ...keySets.flatMap(({ total, keys, location }) =>
      section(line`${paint.bold(`Keys (${total})`)}  ${location}`, keyLines(keys, total, paint)),
    ),
    ...comparisons.flatMap((comparison) => comparisonLines(comparison, paint)),
  ]
}

function section(head: Painted, lines: Painted[]): Painted[] {
  return lines.length === 0 ? [] : [line``, head, ...lines.map((one) => line`  ${one}`)]
}

const answers: Record<TriedLocation['outcome'], string> = {
  found: 'found',
  absent: 'not there',
  'not-json': 'no JSON object',
  'other-issuer': 'of another',
}

function locationRow({ outcome, status, location, names, specification }: TriedLocation) {
  return { answer: `${status} ${answers[outcome]}${names === undefined ? '' : `: ${names}`}`, location, specification }
}

function serverLines({ issuer, capabilities, endpoints }: ReportedServer, paint: Paint): Painted[] {
  const longest = Math.max(...capabilities.map(({ title }) => title.length))
  const abilities = capabilities.map((one) => line`${paint.dim(one.title.padEnd(longest))}  ${offerOf(one)}`)
  const addresses = Object.fromEntries(endpoints.map(({ name, address }) => [name, address]))
  return [
    ...section(line`${paint.bold('What it can do')}  ${issuer}`, abilities),
    ...section(paint.bold('Endpoints'), endpoints.length > 0 ? tableLines(addresses, paint) : []),
  ]
}

function offerOf({ offered, values, because }: Capability): string {
  const said = offered === 'not-said' ? 'not said' : offered
  const what = values.length > 0 ? values.join(', ') : said
  if (because.endsWith('by default')) return `${what} (by default)`
  return because.endsWith('without S256') ? `${what} (without S256)` : what
}

function keyLines(keys: readonly KeyFacts[], total: number, paint: Paint): Painted[] {
  const rows = keys.slice(0, mostShown).map(({ kid, kty, alg, use, bits, curve, thumbprint, certificates }) => ({
    kid,
    type: kty,
    size: curve ?? (bits === undefined ? undefined : `${bits} bits`),
    alg,
    use,
    thumbprint,
    ...(certificates?.[0] ? { certificate: `until ${certificates[0].validTo.slice(0, 10)}` } : {}),
  }))
  return [...tableLines(rows, paint), ...more(total - rows.length, paint)]
}

function comparisonLines(
  { with: what, file, takenAt, differences, total }: MetadataComparison,
  paint: Paint,
): Painted[] {
  const since = takenAt ? ` of ${takenAt.slice(0, 19).replace('T', ' ')}Z` : ''
  const head = paint.bold(what === 'file' ? `Compared with ${file}${since}` : `Compared with the last time${since}`)
  if (total === 0) return section(head, [paint.good('Nothing changed')])
  const shown = differences.slice(0, mostShown)
  return section(head, [
    ...shown.map(({ kind, pointer, before, after }) => {
      const values =
        kind === 'added' ? short(after) : kind === 'removed' ? short(before) : `${short(before)} → ${short(after)}`
      return line`${paint.warn(kind)}  ${pointer}  ${values}`
    }),
    ...more(total - shown.length, paint),
  ])
}

function more(count: number, paint: Paint): Painted[] {
  return count > 0 ? [paint.dim(`and ${count} more; --json has more of them`)] : []
}

function short(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}
