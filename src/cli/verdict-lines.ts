import type { TokenCheck } from '../contract/bench/verdict.ts'
import type { ReportedVerdict } from '../contract/verdict-report.ts'
import { pointOf } from './human-time.ts'
import { line, type Paint, type Painted } from './paint.ts'

type Painter = keyof Paint

const headlinePaints: Record<ReportedVerdict['verdict'], Painter> = {
  valid: 'good',
  invalid: 'bad',
  'not-verified': 'warn',
}

/** What was found of a token that was judged: the headline, signature, time and claims apart, then every check. */
export function verdictLines(verdicts: readonly ReportedVerdict[], paint: Paint, now: Date): Painted[] {
  return verdicts.flatMap((one) => [
    ...headOf(one, paint, now),
    ...one.checks.map((check) => checkLine(check, paint)),
    line``,
  ])
}

function headOf(one: ReportedVerdict, paint: Paint, now: Date): Painted[] {
  const { verdict, headline, signature, time, claims, at, keysFrom, kid, masked } = one
  const part = (name: string, { state, reason }: { state: string; reason: string }) =>
    line`  ${name.padEnd(9)}  ${paint.bold(state.padEnd(12))}  ${reason}`
  const keys = keysFrom ? `; keys ${keysFrom === 'given' ? 'as given' : `from ${keysFrom}`}` : ''
  return [
    line`${paint[headlinePaints[verdict]](headline)}  ${paint.accent(masked)}`,
    part('signature', signature),
    part('time', time),
    part('claims', claims),
    line`  ${paint.dim(`judged as of ${pointOf(new Date(at), now)}${keys}${kid === undefined ? '' : `, key ${kid}`}`)}`,
  ]
}

/** One line: a tick, a cross or a question mark, never by colour alone; what is only discouraged says so. */
function checkLine(check: TokenCheck, paint: Paint): Painted {
  const { title, holds, section, isAdvice } = check
  const [sign, painter]: [string, Painter] =
    holds === null ? ['?', 'warn'] : holds ? ['✓', 'good'] : isAdvice ? ['!', 'warn'] : ['✗', 'bad']
  return line`  ${paint[painter](sign)} ${title}${detailOf(check)}  ${paint.dim(`[${section}]`)}`
}

function detailOf({ holds, expected, actual, why, isAdvice }: TokenCheck): string {
  const reason = why === undefined ? '' : ` ${why}`
  if (holds) return `: ${actual}`
  if (holds === null) return why === undefined ? `: it could not be told, it is ${actual}` : `:${reason}`
  return `: expected ${expected}, it is ${actual}.${reason}${isAdvice ? ' Discouraged only.' : ''}`
}
