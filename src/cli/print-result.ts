import type { Commands } from '../contract/commands.ts'
import { escapeTerminal } from '../contract/escape-terminal.ts'
import type { KeptTokenSummary } from '../contract/kept.ts'
import { exitCodeOf } from '../contract/problem.ts'
import type { SharedContents } from '../contract/sharing.ts'
import { print, type CliProcess } from './cli-process.ts'
import { familyLines } from './family-lines.ts'
import { inspectionLines } from './inspection-lines.ts'
import { createPaint, line, type Painted } from './paint.ts'
import { contentsLines } from './shared-lines.ts'
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
  else if (answer.id === 'share ticket') stdout.write(textFor(stdout, answer.result.markdown))
  else if (answer.id === 'capsule make') printShared(cli, { ...answer.result, text: answer.result.html })
  else if (answer.id === 'har make') printShared(cli, answer.result)
  else print(stdout, linesOf(cli, answer))
}

/** What was made: to a program as it is, with its contents beside it; a terminal is no place for a file. */
function printShared(
  cli: CliProcess,
  made: { contents: SharedContents; file?: string; text?: string | undefined },
): void {
  const { stdout, stderr, environment } = cli
  const isPiped = made.text !== undefined && !stdout.isTTY
  if (isPiped) stdout.write(made.text ?? '')
  const output = isPiped ? stderr : stdout
  const paint = createPaint(output, environment)
  const place =
    made.file === undefined ? line`Not written: name a file with --file FILE.` : line`Written to ${made.file}`
  print(output, [...contentsLines(made.contents, paint), ...(isPiped ? [] : [place])])
}

/** The exit code of what a command answered: of a check, what it found; of a text that nothing was found in, why. */
export function exitCodeOfResult(id: string, result: unknown): number {
  const answer = { id, result } as Answer
  if (answer.id === 'token inspect' && answer.result.tokens.length === 0) return exitCodeOf(answer.result.problems[0])
  return answer.id === 'profiles check' ? exitCodeOf(answer.result.problems[0]) : 0
}

function linesOf(cli: CliProcess, { id, result }: Answer): Painted[] {
  const { stdout, environment } = cli
  const paint = createPaint(stdout, environment)
  if (id === 'token inspect') return inspectionLines(result, { paint, now: cli.now() })
  if (id === 'tokens family') return familyLines(result, { paint, now: cli.now() })
  if (id === 'capsule preview') {
    return [...contentsLines(result.contents, paint), line``, ...result.text.split('\n').map((text) => line`${text}`)]
  }
  if (id === 'tokens list') return tableLines(narrow(result), paint)
  if (id === 'secret set') return tableLines({ name: result.name, 'may go to': placesOf(result.origins) }, paint)
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
