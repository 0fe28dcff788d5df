import type { Commands } from '../contract/commands.ts'
import { terminalJson } from '../contract/escape-terminal.ts'
import { print, type CliProcess } from './cli-process.ts'
import { openEngine } from './hosted.ts'
import { noteOf, secretNotKept } from './kept-nothing.ts'
import { createPaint } from './paint.ts'
import type { Invocation } from './read-arguments.ts'
import { readSecret } from './read-secret.ts'
import { tableLines } from './table-lines.ts'

type Order = Extract<Invocation, { kind: 'run' }>

/** Runs a command, prints its result and answers the exit code. */
export async function runCommand(cli: CliProcess, order: Order): Promise<number> {
  const { subject, global } = order
  const { engine, secretsLast, close } = await openEngine(cli, global)
  try {
    if (subject.id === 'secret set' && !secretsLast) throw secretNotKept(order.parameters.name)
    const parameters = subject.id === 'secret set' ? await withSecret(cli, order) : order.parameters
    const result = await engine.runCommand(subject.id as keyof Commands, parameters)
    if (global.json) cli.stdout.write(`${terminalJson(result ?? null, 2)}\n`)
    else print(cli.stdout, tableLines(result, createPaint(cli.stdout, cli.environment)))
    if (!secretsLast) print(cli.stderr, noteOf(subject.id))
    return 0
  } finally {
    await close()
  }
}

async function withSecret(cli: CliProcess, { parameters }: Order): Promise<Order['parameters']> {
  if (parameters.value !== undefined) return parameters
  return { ...parameters, value: await readSecret(cli, `Value of ${String(parameters.name ?? 'the secret')}: `) }
}
