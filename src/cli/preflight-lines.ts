import type { AlignedPart } from '../contract/preflight/align-texts.ts'
import type { PreflightCheck, PreflightSubject } from '../contract/preflight/preflight-check.ts'
import { preflightChecksOf } from '../contract/rules/preflight.ts'
import type { Run } from '../contract/run.ts'
import { displayWidth } from './display-width.ts'
import { escapeTerminal } from '../contract/escape-terminal.ts'
import { shortenMasks } from '../contract/mask.ts'
import { line, type Paint, type Painted } from './paint.ts'

/** What will fail of a run because of what is registered, before anything is sent for it. */
export function preflightLines(run: Run, paint: Paint): Painted[] {
  const checks = preflightChecksOf(run)
  const bad = checks.filter(({ verdict }) => verdict === 'fails' || verdict === 'may-fail')
  if (checks.length === 0) return []
  if (bad.length > 0) return bad.flatMap((check) => checkLines(check, paint))
  const open = checks.filter(({ verdict }) => verdict === 'not-known').map(({ subject }) => subjects[subject])
  const said = open.length > 0 ? `, as far as it says; not known: ${[...new Set(open)].join(', ')}` : ''
  return [line`  ${paint.good('fits what is registered')}${said}`]
}

const subjects: Record<PreflightSubject, string> = {
  'redirect-uri': 'redirect URI',
  scope: 'scope',
  'grant-type': 'grant type',
  'client-auth': 'client authentication',
  pkce: 'PKCE',
}

function checkLines({ subject, verdict, explanation, alignment }: PreflightCheck, paint: Paint): Painted[] {
  const word = verdict === 'fails' ? paint.bad('will fail') : paint.warn('may fail')
  return [
    line`  ${word}  ${subjects[subject]}: ${shortenMasks(explanation)}`,
    ...(alignment ? alignedLines(alignment, paint) : []),
  ]
}

/** Both addresses below each other, with a mark under what differs: never by colour alone. */
function alignedLines(parts: readonly AlignedPart[], paint: Paint): Painted[] {
  const pieces = parts.map(({ before, wanted, registered, after }) => {
    const [common, mine, theirs, rest] = [before, wanted, registered, after].map(escapeTerminal) as [
      string,
      string,
      string,
      string,
    ]
    const width = Math.max(displayWidth(mine), displayWidth(theirs))
    const padded = (text: string) => text + ' '.repeat(width - displayWidth(text))
    return {
      wanted: `${common}${padded(mine)}${rest}`,
      registered: `${common}${padded(theirs)}${rest}`,
      marks: `${' '.repeat(displayWidth(common))}${'^'.repeat(width)}${' '.repeat(displayWidth(rest))}`,
    }
  })
  const joined = (name: 'wanted' | 'registered' | 'marks') => pieces.map((piece) => piece[name]).join('')
  return [
    line`    ${paint.dim('wanted    ')}  ${joined('wanted').trimEnd()}`,
    line`    ${paint.dim('registered')}  ${joined('registered').trimEnd()}`,
    line`                ${paint.warn(joined('marks').trimEnd())}`,
  ]
}
