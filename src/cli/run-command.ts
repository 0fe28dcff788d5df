import type { Commands } from '../contract/commands.ts'
import { terminalJson } from '../contract/escape-terminal.ts'
import { print, type CliProcess } from './cli-process.ts'
import { openEngine } from './hosted.ts'
import { createPaint, line } from './paint.ts'
import type { Invocation } from './read-arguments.ts'
import { readSecret } from './read-secret.ts'
import { tableLines } from './table-lines.ts'

type Order = Extract<Invocation, { kind: 'run' }>

/** Runs a command, prints its result and answers the exit code. */
export async function runCommand(cli: CliProcess, order: Order): Promise<number> {
  const { subject, global } = order
  const parameters = subject.id === 'secret set' ? await withSecret(cli, order) : order.parameters
  const { engine, secretsLast, close } = await openEngine(cli, global)
  try {
    const result = await engine.runCommand(subject.id as keyof Commands, parameters)
    if (global.json) cli.stdout.write(`${terminalJson(result ?? null, 2)}\n`)
    else print(cli.stdout, tableLines(result, createPaint(cli.stdout, cli.environment)))
    if (subject.id === 'secret set' && !secretsLast) warnOfMemory(cli, String(parameters.name))
    return 0
  } finally {
    await close()
  }
}

async function withSecret(cli: CliProcess, { parameters }: Order): Promise<Order['parameters']> {
  if (parameters.value !== undefined) return parameters
  return { ...parameters, value: await readSecret(cli, `Value of ${String(parameters.name ?? 'the secret')}: `) }
}

function warnOfMemory(cli: CliProcess, name: string): void {
  const variable = `GRANTLAB_SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
  print(cli.stderr, [
    line`It was kept in memory only and is gone now: secrets are not stored on this machine yet.`,
    line`  → Set ${variable}, or use --secret ${name}=VARIABLE or --env-file FILE.`,
  ])
}
