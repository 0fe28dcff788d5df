import type { Commands } from '../contract/commands.ts'
import type { ParameterValues } from '../contract/description.ts'
import type { Engine } from '../contract/engine.ts'
import { terminalJson } from '../contract/escape-terminal.ts'
import type { VaultFacts } from '../contract/kept.ts'
import { problemIn } from '../contract/wire.ts'
import { ProblemError } from '../core/index.ts'
import { askFirst } from './ask-first.ts'
import { withAskedSecret } from './ask-secret.ts'
import { print, type CliProcess } from './cli-process.ts'
import { openEngine } from './hosted.ts'
import { hasNote, noteOf, vaultNotOpen } from './kept-nothing.ts'
import { explainLack } from './lacking-token.ts'
import { openingCommands, printOpened, type Opened } from './opened-runs.ts'
import { exitCodeOfResult, printResult } from './print-result.ts'
import type { Invocation } from './read-arguments.ts'
import { withTexts } from './read-texts.ts'

type Order = Extract<Invocation, { kind: 'run' }>

/** Runs a command, prints its result and answers the exit code. */
export async function runCommand(cli: CliProcess, order: Order): Promise<number> {
  const { subject, global } = order
  await askFirst(cli, order)
  const { engine, close } = await openEngine(cli, global)
  try {
    const given = await withTexts(cli, subject.parameters, order.parameters)
    const parameters = await withAskedSecret(cli, engine, { id: subject.id, parameters: given })
    const result = await perform(engine, order, parameters)
    if (openingCommands.has(subject.id)) await printOpened(cli, engine, { opened: result as Opened, json: global.json })
    else if (global.json) cli.stdout.write(`${terminalJson(result ?? null, 2)}\n`)
    else printResult(cli, subject.id, result)
    if (hasNote(subject.id)) print(cli.stderr, noteOf(subject.id, await engine.runCommand('vault show', {})))
    return exitCodeOfResult(subject.id, result)
  } finally {
    await close()
  }
}

/** What the engine answers. @throws ProblemError its own, and vault-locked for a vault that does not open */
async function perform(engine: Engine, { subject }: Order, parameters: ParameterValues): Promise<unknown> {
  try {
    const result = await engine.runCommand(subject.id as keyof Commands, parameters)
    const isUnopened = subject.id === 'vault unlock' && (result as VaultFacts).state === 'locked'
    if (isUnopened) throw vaultNotOpen(result as VaultFacts)
    return result
  } catch (error) {
    const found = problemIn(error)
    if (!found) throw error
    throw new ProblemError(await explainLack(engine, found, { subject, profile: parameters.profile }))
  }
}
