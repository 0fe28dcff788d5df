import { createInterface, type Interface } from 'node:readline'
import type { Engine } from '../contract/engine.ts'
import type { Wait } from '../contract/events.ts'
import { problemOf, type Problem } from '../contract/problem.ts'
import { print, type CliProcess } from './cli-process.ts'
import { createPaint, line } from './paint.ts'

/** Answers the waits of a run with what a person, or a program, writes to stdin. */
export interface Answerer {
  start(wait: Wait): void
  /** Stops asking: the answer came another way, or the run has ended. */
  stop(): void
  /** set when nobody was there to answer and the run was given up */
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
 * person or a browser driver can open it. On a terminal it asks for the answer; without one the paste agent reads one
 * line of stdin, and gives up when there is none, so that nothing hangs.
 */
export function createAnswerer(options: AnswererOptions): Answerer {
  let asking: Interface | undefined
  let gaveUp: Problem | undefined
  const stop = () => {
    const open = asking
    asking = undefined
    open?.close()
  }
  return {
    start(wait) {
      const { cli, engine, runId } = options
      if (!personsAgents.has(wait.agent)) return
      announce(cli, wait)
      if (!cli.stdin.isTTY && wait.agent !== 'paste') return
      asking = ask(cli)
      asking.once('line', (text) => {
        stop()
        void answer(options, wait, text)
      })
      asking.once('close', () => {
        if (!asking) return
        gaveUp = needsPerson(wait)
        void engine.cancelRun({ runId }).catch(() => undefined)
      })
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
  const asking = createInterface({ input: cli.stdin, output: terminal ? process.stderr : undefined, terminal })
  // On a terminal the prompt takes the keys itself, Ctrl+C among them.
  asking.once('SIGINT', () => cli.interrupt())
  return asking
}

async function answer({ engine, runId }: AnswererOptions, wait: Wait, text: string): Promise<void> {
  const kind = /^\S+$/.test(text.trim()) ? 'response' : 'browser-error'
  // An answer that comes too late has nobody left to refuse it.
  await engine.answerWait({ runId, wait: wait.id, text: text.trim(), kind }).catch(() => undefined)
}

function needsPerson({ address }: Wait): Problem {
  return problemOf('needs-person', 'Somebody has to sign in, and nobody is at this terminal to do it.', {
    whatToDo: [
      `Open ${address} and write the address the browser ends at to stdin, as one line.`,
      'Or use --agent form with --user and --password-env, which needs nobody.',
    ],
  })
}
