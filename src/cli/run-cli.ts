import { terminalJson } from '../contract/escape-terminal.ts'
import { exitCodeOf, problemOf, type Problem } from '../contract/problem.ts'
import { version } from '../contract/version.ts'
import { problemIn } from '../contract/wire.ts'
import { print, type CliProcess } from './cli-process.ts'
import { nounHelp, subjectHelp, topHelp } from './help.ts'
import { createPaint, type Paint, type Painted } from './paint.ts'
import { readArguments, type Invocation } from './read-arguments.ts'
import { commandsOf, findSubject, listSubjects, type Subject } from './subjects.ts'
import { problemLines } from './summary-lines.ts'

type Asking = Extract<Invocation, { kind: 'help' }>

/** Does what the command line says and answers the exit code. Never rejects. */
export async function runCli(cli: CliProcess): Promise<number> {
  const json = cli.args.includes('--json')
  const subjects = listSubjects()
  try {
    return await perform(cli, readArguments(cli.args, subjects, cli.environment), subjects)
  } catch (error) {
    const problem = problemIn(error) ?? unforeseen(error)
    if (json) await printFailure(cli, problem, subjects)
    else print(cli.stderr, problemLines(problem, createPaint(cli.stderr, cli.environment)))
    return exitCodeOf(problem)
  }
}

async function perform(cli: CliProcess, invocation: Invocation, subjects: readonly Subject[]): Promise<number> {
  if (invocation.kind === 'version') {
    cli.stdout.write(`${version}\n`)
    return 0
  }
  if (invocation.kind === 'help') {
    const paint = createPaint(cli.stdout, cli.environment)
    print(cli.stdout, helpOf(invocation, subjects, paint))
    return 0
  }
  const { kind } = invocation.subject
  if (kind === 'operation') return (await import('./run-operation.ts')).runOperation(cli, invocation)
  if (kind === 'command') return (await import('./run-command.ts')).runCommand(cli, invocation)
  return (await import('./serve-playground.ts')).servePlayground(cli, invocation)
}

function helpOf({ subject, noun }: Asking, subjects: readonly Subject[], paint: Paint): Painted[] {
  if (subject) return subjectHelp(subject, paint)
  return noun ? nounHelp(noun, commandsOf(noun, subjects), paint) : topHelp(subjects, paint)
}

/** With `--json` a failed operation is one object on stdout all the same, and the problem one line on stderr. */
async function printFailure(cli: CliProcess, problem: Problem, subjects: readonly Subject[]): Promise<void> {
  const words = cli.args.filter((word) => !word.startsWith('-'))
  const subject = findSubject(subjects, words)?.subject
  if (subject?.kind === 'operation') {
    const { printUnstarted } = await import('./run-operation.ts')
    printUnstarted(cli, subject, problem)
  }
  cli.stderr.write(`${terminalJson(problem)}\n`)
}

/** SECURITY: an unforeseen error's text may quote a secret: its kind and place are enough to report it. */
function unforeseen(error: unknown): Problem {
  const { name, stack = '' } = error instanceof Error ? error : new Error('not an error')
  const place = stack.split('\n').find((text) => /^\s+at /.test(text)) ?? ''
  return problemOf('internal', `Grantlab met an error it does not know: ${name}${place}.`, {
    whatToDo: ['Please report this, with what you called.'],
  })
}
