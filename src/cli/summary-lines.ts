import type { Json, JsonObject } from '../contract/json.ts'
import type { Problem } from '../contract/problem.ts'
import type { ReportedToken, RunReport } from '../contract/report.ts'
import type { Finding, Severity } from '../contract/rules/rule.ts'
import { adviceText, parameterText } from './advice-lines.ts'
import { durationOf, pointOf } from './human-time.ts'
import { line, type Paint, type Painted } from './paint.ts'
import { proofLines } from './proof-lines.ts'
import { verdictLines } from './verdict-lines.ts'

/** Claims that are seconds since 1970 (RFC 7519 §4.1, OpenID Connect Core §2). */
const timeClaims = new Set(['exp', 'iat', 'nbf', 'auth_time', 'updated_at'])

/** Longer claims are cut: the JSON output has them whole. */
const longestValue = 300

/** How a run ended, for people: outcome, tokens with their claims, findings, the problem with what to do. */
export function summaryLines(report: RunReport, paint: Paint, now: Date): Painted[] {
  return [
    line``,
    ...report.tokens.flatMap((token) => [...tokenLines(token, paint, now), line``]),
    ...verdictLines(report.verdicts, paint, now),
    ...proofLines(report.proofs, paint),
    ...report.findings.flatMap((finding) => findingLines(finding, paint)),
    ...outcomeLines(report, paint),
  ]
}

function tokenLines(token: ReportedToken, paint: Paint, now: Date): Painted[] {
  const { kind, format, masked, length, expiresAt, header, claims, scope, tokenType } = token
  const algorithm = typeof header?.alg === 'string' ? ` ${header.alg}` : ''
  const facts = [
    format === 'opaque' ? `opaque, ${length} characters` : `${format.toUpperCase()}${algorithm}`,
    ...(tokenType ? [tokenType] : []),
    ...(expiresAt ? [`expires ${pointOf(new Date(expiresAt), now)}`] : []),
    ...(token.kept ? ['kept from before'] : []),
  ]
  return [
    line`${paint.bold(kind)}  ${paint.accent(masked)}  ${facts.join(', ')}`,
    ...(scope ? [line`  scope  ${scope}`] : []),
    ...(claims ? claimLines(claims, now) : []),
  ]
}

function claimLines(claims: JsonObject, now: Date): Painted[] {
  const longest = Math.max(0, ...Object.keys(claims).map((name) => name.length))
  return Object.entries(claims).map(([name, value]) => line`  ${name.padEnd(longest)}  ${claimText(name, value, now)}`)
}

function claimText(name: string, value: Json, now: Date): string {
  if (timeClaims.has(name) && typeof value === 'number') return `${value}, ${pointOf(new Date(value * 1000), now)}`
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longestValue ? `${text.slice(0, longestValue)}… (${text.length} characters)` : text
}

function findingLines({ severity, title, explanation, remedy, specification }: Finding, paint: Paint): Painted[] {
  const painters: Record<Severity, Paint['bold']> = { error: paint.bad, warning: paint.warn, info: paint.accent }
  return [
    line`${painters[severity](severity)}  ${title}${specification ? ` [${specification}]` : ''}`,
    line`  ${explanation}`,
    line`  ${paint.dim(remedy)}`,
    line``,
  ]
}

function outcomeLines(report: RunReport, paint: Paint): Painted[] {
  const { outcome, problem, run, exchanges, ownExchanges } = report
  const driven = exchanges.length - ownExchanges
  const { waitedMs = 0, durationMs } = run ?? {}
  const waited = waitedMs >= 1000 ? `, ${durationOf(waitedMs)} of it waiting for the sign-in` : ''
  const counted = `${ownExchanges} ${ownExchanges === 1 ? 'request' : 'requests'}${driven > 0 ? ` and ${driven} in a browser's place` : ''}`
  if (!problem) {
    const took = durationMs === undefined ? '' : ` in ${durationOf(durationMs)}${waited}`
    return [line`${paint.good(outcome === 'succeeded' ? 'Succeeded' : outcome)}${took}, ${counted}`]
  }
  return problemLines(problem, paint)
}

/** A problem for people: title, facts, place, and what to do. */
export function problemLines(problem: Problem, paint: Paint): Painted[] {
  const { title, detail, specification, oauth, place, fields = [] } = problem
  const where = place && [place.file, place.line, place.column].filter((part) => part !== undefined).join(':')
  return [
    line`${paint.bad(title)}${specification ? ` [${specification}]` : ''}`,
    line`  ${detail}`,
    ...(where ? [line`  at ${where}`] : []),
    ...(oauth
      ? [line`  the server said ${oauth.error}${oauth.error_description ? `: ${oauth.error_description}` : ''}`]
      : []),
    ...fields.map((field) => line`  ${paint.warn(parameterText(field.name))}: ${field.detail}`),
    ...adviceOf(problem).map((advice) => line`  → ${adviceText(advice)}`),
  ]
}

/** What to do; of a list that broke off also how to go on, unless it is said already. */
function adviceOf({ whatToDo = [], page }: Problem): string[] {
  if (page === undefined || whatToDo.some((advice) => advice.includes('from_page'))) return whatToDo
  return [...whatToDo, `Go on from there (from_page ${page}).`]
}
