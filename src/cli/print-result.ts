import type { Commands } from '../contract/commands.ts'
import { escapeTerminal } from '../contract/escape-terminal.ts'
import { exitCodeOf } from '../contract/problem.ts'
import type { SharedContents } from '../contract/sharing.ts'
import { print, type CliProcess } from './cli-process.ts'
import { createPaint, line } from './paint.ts'
import { resultLines } from './result-lines.ts'
import { contentsLines } from './shared-lines.ts'

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
  else
    print(
      stdout,
      resultLines(id, result, { paint: createPaint(stdout, cli.environment), width: stdout.columns, now: cli.now() }),
    )
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

/** Both forms of a key as files have them. */
function keyText({ jwk, pem }: Commands['keys show']['result']): string {
  return `${JSON.stringify(jwk, null, 2)}\n${pem ?? ''}`
}

/** To a terminal only what is harmless: it is a stranger's text. */
function textFor({ isTTY }: CliProcess['stdout'], text: string): string {
  return isTTY ? text.split('\n').map(escapeTerminal).join('\n') : text
}
