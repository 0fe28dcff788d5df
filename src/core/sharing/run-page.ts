import type { Json } from '../../contract/json.ts'
import type { Problem } from '../../contract/problem.ts'
import { findingsOf } from '../../contract/rules/index.ts'
import type { Finding } from '../../contract/rules/rule.ts'
import type { ReceivedToken, Run } from '../../contract/run.ts'
import { sequenceOf } from '../../contract/sequence.ts'
import type { SequenceEntry } from '../../contract/sequence-entry.ts'
import { exchangePages } from './exchange-page.ts'
import type { SharedRun } from './mask-for-others.ts'
import { facts, section, type PageBlock } from './shared-page.ts'

const outcomes = {
  running: 'did not end',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
  'needs-person': 'needs a person',
}

/** A run as it is read by somebody who was not there. */
export function runPage({ run, bodies, leftOut }: SharedRun): PageBlock {
  const tone = run.outcome === 'succeeded' ? 'good' : 'error'
  const findings = findingsOf(run)
  const title = `${run.title} ${outcomes[run.outcome]}`
  return section(
    title,
    [
      summary(run),
      section('What went wrong', [run.problem && problemFacts(run, run.problem)], { tone: 'error' }),
      section(`Findings (${findings.length})`, findings.map(findingPage)),
      section('Steps', [stepList(run)]),
      section('Sequence', [sequenceList(run)]),
      section('Requests and answers', exchangePages(run, bodies)),
      section('Through the browser', messagePages(run)),
      section('Tokens', run.tokens.map(tokenPage)),
      section('Proofs', [proofList(run)]),
      section('Decisions', [decisionList(run)]),
      section('Parameters', [facts(Object.entries(run.parameters).map(([name, value]) => [name, textOf(value)]))]),
      section('Result', [run.result === undefined ? undefined : code('as JSON', run.result)], { isFolded: true }),
      section('Left out', [listOf(leftOut.map(({ what, why }) => `${what}: ${why}`))]),
    ],
    { tone },
  )!
}

function summary(run: Run): PageBlock | undefined {
  return facts([
    ['What was tried', run.title],
    ['Outcome', run.problem ? `${outcomes[run.outcome]}: ${run.problem.title}` : outcomes[run.outcome]],
    ['Began', utc(run.startedAt)],
    ['Took', run.durationMs === undefined ? undefined : `${Math.round(run.durationMs)} ms`],
    ['Profile', run.profile ?? undefined],
    ['Run', `${run.number} (${run.id})`],
  ])
}

/** An ISO time in words that name its zone. */
export function utc(iso: string): string {
  return iso.replace('T', ' ').replace(/Z$/, ' UTC')
}

/** What a problem says, with the step it happened in. */
function problemFacts(run: Run, problem: Problem): PageBlock | undefined {
  const step = run.steps.find(({ id }) => id === problem.step)
  return facts([
    ['Problem', `${problem.title} (${problem.code})`],
    ['Detail', problem.detail],
    ['Step', step?.title],
    ['Request', problem.exchange],
    ['Error', problem.oauth?.error],
    ['Status', problem.status === undefined ? undefined : String(problem.status)],
    ['Specification', problem.specification],
    ['What to do', problem.whatToDo?.join('\n')],
  ])
}

function findingPage(finding: Finding): PageBlock | undefined {
  const { severity, title, rule, explanation, remedy, specification, evidence } = finding
  return section(
    `${severity}: ${title}`,
    [
      facts([
        ['Why', explanation],
        ['What to do', remedy],
        ['Section', specification],
        ['Rule', rule],
      ]),
      listOf(
        evidence.map(({ label, value, exchange, pointer }) =>
          [`${label}: ${value}`, exchange ? `request ${exchange}` : '', pointer ?? ''].filter(Boolean).join(' · '),
        ),
      ),
    ],
    severity === 'info' ? {} : { tone: severity },
  )
}

function stepList(run: Run): PageBlock | undefined {
  return listOf(
    run.steps.map(({ title, outcome, durationMs, problem }) =>
      [title, outcome, durationMs === undefined ? '' : `${Math.round(durationMs)} ms`, problem?.title ?? '']
        .filter(Boolean)
        .join(' · '),
    ),
  )
}

function sequenceList(run: Run): PageBlock | undefined {
  const lines = sequenceOf(run).entries.flatMap((entry) => sequenceLines(entry))
  return lines.length > 0 ? { kind: 'list', items: lines, numbered: true } : undefined
}

function sequenceLines(entry: SequenceEntry): string[] {
  if (entry.kind === 'step') return []
  return entry.arrows.map(({ from, to, text, kind, marks }) => {
    const told = marks.map(({ label, holds }) => `${label} ${holds ? 'holds' : 'does not hold'}`)
    return [`${from} → ${to}: ${text}`, kind === 'question' || kind === 'answer' ? '' : kind, ...told]
      .filter(Boolean)
      .join(' · ')
  })
}

function messagePages(run: Run): (PageBlock | undefined)[] {
  return run.timeline.flatMap((entry): (PageBlock | undefined)[] => {
    if (entry.kind === 'ignored') {
      return [
        section('An answer that was not taken', [
          facts([
            ['Why', entry.reason],
            ['Address', entry.url],
          ]),
        ]),
      ]
    }
    if (entry.kind !== 'message') return []
    const { title, direction, url, method, parameters, via } = entry.message
    const rows: [string, string | undefined][] = [
      ['Direction', direction === 'to-browser' ? 'to the browser' : 'from the browser'],
      ['Address', url === undefined ? undefined : `${method ?? 'GET'} ${url}`],
      ['By', via],
      ...parameters,
    ]
    return [section(title, [facts(rows)], { isFolded: true })]
  })
}

function tokenPage({ kind, format, header, claims, scope, tokenType, length, ...token }: ReceivedToken) {
  return section(
    kind,
    [
      facts([
        ['Form', `${format}, ${length} characters`],
        ['Mask', `●●●● #${token.fingerprint}`],
        ['Type', tokenType],
        ['Scope', scope],
        ['Received', utc(token.receivedAt)],
        ['Expires', token.expiresAt && utc(token.expiresAt)],
      ]),
      header && code('Header', header),
      claims && code('Claims (the signature is left out)', claims),
    ],
    { isFolded: true },
  )
}

const proofTitles: Record<string, string> = {
  'pkce.matches': 'S256(code_verifier) = code_challenge',
  'state.matches': 'The state that came back is the one sent',
  'iss.matches': 'The iss of the answer is the issuer asked',
  'nonce.matches': 'The nonce of the ID token is the one sent',
  'atHash.matches': 'at_hash is the hash of the access token',
  'cHash.matches': 'c_hash is the hash of the code',
  'signature.verified': 'The signature was made with a key of the issuer',
  'sub.matches': 'The subject is the one of the sign-in',
}

function proofList(run: Run): PageBlock | undefined {
  return listOf(
    run.proofs.map(({ name, holds, facts: told }) => {
      const title = name === 'pkce.matches' && told?.method === 'plain' ? 'code_verifier = code_challenge' : name
      const words = proofTitles[title] ?? title
      const verdict = holds === null ? 'could not be told' : holds ? 'holds' : 'does not hold'
      return `${words}: ${verdict}${told && Object.keys(told).length > 0 ? ` (${textOf(told)})` : ''}`
    }),
  )
}

function decisionList(run: Run): PageBlock | undefined {
  return listOf(
    run.timeline.flatMap((entry) =>
      entry.kind === 'decision' ? [`${entry.subject}: ${entry.choice}. ${entry.reason}`] : [],
    ),
  )
}

function listOf(items: string[]): PageBlock | undefined {
  return items.length > 0 ? { kind: 'list', items } : undefined
}

const longestCode = 20_000

function code(caption: string, value: Json): PageBlock {
  const text = JSON.stringify(value, null, 2)
  const rest = text.length - longestCode
  return { kind: 'code', caption, text: rest > 0 ? `${text.slice(0, longestCode)}\n… ${rest} more characters` : text }
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
