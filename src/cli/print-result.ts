import type { Commands } from '../contract/commands.ts'
import { escapeTerminal } from '../contract/escape-terminal.ts'
import type { KeptTokenSummary } from '../contract/kept.ts'
import { exitCodeOf } from '../contract/problem.ts'
import { print, type CliProcess } from './cli-process.ts'
import { registrationLines } from './managed-tables.ts'
import { createPaint, type Painted } from './paint.ts'
import { registrationFacts } from './registration-facts.ts'
import { problemLines } from './summary-lines.ts'
import { tableLines } from './table-lines.ts'

/** What a command answered, of those that are not simply listed for people. */
type Answer = { [Id in keyof Commands]: { id: Id; result: Commands[Id]['result'] } }[keyof Commands]

/** Prints what a command answered, for people. */
export function printResult(cli: CliProcess, id: string, result: unknown): void {
  const { stdout } = cli
  const answer = { id, result } as Answer
  // The value and nothing else, for scripts, and a file as it is.
  if (answer.id === 'token get') stdout.write(`${textFor(stdout, answer.result.value)}\n`)
  else if (answer.id === 'profiles source') stdout.write(textFor(stdout, answer.result.text))
  else if (answer.id === 'keys show') stdout.write(textFor(stdout, keyText(answer.result)))
  else print(stdout, linesOf(cli, answer))
}

/** The exit code of what a command answered: of a check, what it found. */
export function exitCodeOfResult(id: string, result: unknown): number {
  const answer = { id, result } as Answer
  return answer.id === 'profiles check' ? exitCodeOf(answer.result.problems[0]) : 0
}

function linesOf({ stdout, environment, now }: CliProcess, { id, result }: Answer): Painted[] {
  const paint = createPaint(stdout, environment)
  if (id === 'tokens list') return tableLines(narrow(result), paint)
  if (id === 'secret set') return tableLines({ name: result.name, 'may go to': placesOf(result.origins) }, paint)
  if (id === 'registrations list') return registrationLines(result, { paint, width: stdout.columns, now: now() })
  if (id === 'registrations find' && result) return registrationFacts(result, { paint, now: now() })
  if (id === 'profiles delete') return tableLines({ deleted: result.deleted }, paint)
  if (id === 'keys find') return [...tableLines(result.keys, paint), paint.dim(`${result.total} in all`)]
  if (id !== 'profiles check') return tableLines(result, paint)
  return result.problems.length === 0
    ? [paint.good('No problem')]
    : result.problems.flatMap((one) => problemLines(one, paint))
}

/** Both forms of a key as files have them. */
function keyText({ jwk, pem }: Commands['keys show']['result']): string {
  return `${JSON.stringify(jwk, null, 2)}\n${pem ?? ''}`
}

/** Columns that are empty in every row say nothing; 8 characters of a family are enough to name it. */
function narrow(tokens: KeptTokenSummary[]): object[] {
  const isEmpty = (value: unknown) => value === undefined || value === null || String(value) === ''
  const used = new Set(
    tokens.flatMap((token) => Object.entries(token).flatMap(([name, value]) => (isEmpty(value) ? [] : [name]))),
  )
  return tokens.map((token) => {
    const short = { ...token, family: token.family.slice(0, 8) }
    return Object.fromEntries(Object.entries(short).filter(([name]) => used.has(name)))
  })
}

function placesOf(origins: readonly string[]): string {
  return origins.join(', ') || 'where it is used first'
}

/** To a terminal only what is harmless: it is a stranger's text. */
function textFor({ isTTY }: CliProcess['stdout'], text: string): string {
  return isTTY ? text.split('\n').map(escapeTerminal).join('\n') : text
}
