import type { Commands } from '../contract/commands.ts'
import { terminalJson } from '../contract/escape-terminal.ts'
import { withAskedSecret } from './ask-secret.ts'
import { print, type CliProcess } from './cli-process.ts'
import { openEngine } from './hosted.ts'
import { hasNote, noteOf } from './kept-nothing.ts'
import { exitCodeOfResult, printResult } from './print-result.ts'
import type { Invocation } from './read-arguments.ts'
import { withTexts } from './read-texts.ts'

type Order = Extract<Invocation, { kind: 'run' }>

/** Runs a command, prints its result and answers the exit code. */
export async function runCommand(cli: CliProcess, order: Order): Promise<number> {
  const { subject, global } = order
  const { engine, close } = await openEngine(cli, global)
  try {
    const given = await withTexts(cli, subject.parameters, order.parameters)
    const parameters = await withAskedSecret(cli, engine, { id: subject.id, parameters: given })
    const result = await engine.runCommand(subject.id as keyof Commands, parameters)
    if (global.json) cli.stdout.write(`${terminalJson(result ?? null, 2)}\n`)
    else printResult(cli, subject.id, result)
    if (hasNote(subject.id)) print(cli.stderr, noteOf(subject.id, await engine.runCommand('vault show', {})))
    return exitCodeOfResult(subject.id, result)
  } finally {
    await close()
  }
}
