import type { Interface } from 'node:readline'
import type { Engine } from '../contract/engine.ts'
import type { Wait } from '../contract/events.ts'
import { problemOf, type Problem } from '../contract/problem.ts'
import { problemIn } from '../contract/wire.ts'
import { print, type CliProcess } from './cli-process.ts'
import { createPaint, line } from './paint.ts'
import { problemLines } from './summary-lines.ts'

/** Answers the waits of a run with what a person, or a program, writes to stdin. */
export interface Answerer {
  start(wait: Wait): void
  /** Stops asking: the answer came another way, or the run has ended. */
  stop(): void
  /** set when nobody was there to answer, or nothing of use, and the run was given up */
  readonly gaveUp: Problem | undefined
}

/** What an answerer works with. */
export interface AnswererOptions {
  cli: CliProcess
  engine: Engine
  runId: string
}

/** Agents whose sign-in somebody outside finishes. */
const personsAgents = new Set(['system', 'paste'])

/**
 * Creates the answerer of a run. The address to open is always written to stderr, as the line `Open: …`, so that a
 * person or a browser driver can open it. On a terminal it asks for the answer; without one the paste agent reads
 * stdin, and gives up at its end, so that nothing hangs.
 */
export function createAnswerer(options: AnswererOptions): Answerer {
  const { cli, engine, runId } = options
  let asking: Interface | undefined
  let gaveUp: Problem | undefined
  const stop = () => {
    const open = asking
    asking = undefined
    open?.close()
  }
  const askUntilEnd = async (opened: Interface, wait: Wait) => {
    const unanswered = await readAnswers(opened, options, wait)
    if (asking !== opened) return
    gaveUp = unanswered ?? needsPerson(wait)
    await engine.cancelRun({ runId }).catch(() => undefined)
  }
  return {
    start(wait) {
      if (!personsAgents.has(wait.agent)) return
      announce(cli, wait)
      if (!cli.stdin.isTTY && wait.agent !== 'paste') return
      asking = ask(cli)
      void askUntilEnd(asking, wait)
    },
    stop,
    get gaveUp() {
      return gaveUp
    },
  }
}

function announce(cli: CliProcess, { address, listeningAt, agent }: Wait): void {
  const paint = createPaint(cli.stderr, cli.environment)
  print(cli.stderr, [line`Open: ${address}`])
  if (listeningAt) print(cli.stderr, [paint.dim(`Waiting at ${listeningAt}; Ctrl+C cancels.`)])
  if (!cli.stdin.isTTY) return
  const otherwise = agent === 'paste' ? 'P' : 'Or p'
  const text = `${otherwise}aste the address the browser ended at, or the text of its error page, and press Enter:`
  print(cli.stderr, [paint.dim(text)])
}

function ask(cli: CliProcess): Interface {
  const terminal = cli.stdin.isTTY && cli.stderr.isTTY
  // Loaded here and not at the start: most runs ask nobody.
  const { createInterface } = process.getBuiltinModule('node:readline')
  const asking = createInterface({ input: cli.stdin, output: terminal ? process.stderr : undefined, terminal })
  // On a terminal the prompt takes the keys itself, Ctrl+C among them.
  asking.once('SIGINT', () => cli.interrupt())
  return asking
}

/**
 * Hands in each line until one is taken, which ends the wait and so the asking. Answers at the end of the input: why
 * the last line was not taken, or nothing when there was none.
 */
async function readAnswers(asking: Interface, options: AnswererOptions, wait: Wait): Promise<Problem | undefined> {
  let refused: Problem | undefined
  for await (const text of asking) {
    if (!text.trim()) continue
    refused = await refusalOf(options, wait, text.trim())
    if (refused) printRefusal(options.cli, refused)
    else return new Promise(() => undefined)
  }
  return refused
}

/** Text of an error page has words; an answer is one word, or has a parameter in it. */
const answerPattern = /^\S+$|\b(?:code|error|response|id_token|access_token)=/

async function refusalOf({ engine, runId }: AnswererOptions, wait: Wait, text: string): Promise<Problem | undefined> {
  try {
    const kind = answerPattern.test(text) ? 'response' : 'browser-error'
    await engine.answerWait({ runId, wait: wait.id, text, kind })
    return undefined
  } catch (error) {
    const found = problemIn(error)
    if (found) return found
    throw error
  }
}

function printRefusal({ stdin, stderr, environment }: CliProcess, refused: Problem): void {
  if (stdin.isTTY) print(stderr, problemLines(refused, createPaint(stderr, environment)))
}

function needsPerson({ address }: Wait): Problem {
  return problemOf('needs-person', 'Somebody has to sign in, and nobody is at this terminal to do it.', {
    whatToDo: [
      `Open ${address} and write the address the browser ends at to stdin, as one line.`,
      'Or use --agent form with --user and --password-env, which needs nobody.',
    ],
  })
}
