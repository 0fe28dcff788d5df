import { problemOf } from '../contract/problem.ts'
import { ProblemError } from '../core/index.ts'
import type { CliProcess } from './cli-process.ts'
import type { Invocation } from './read-arguments.ts'
import { usage } from './usage.ts'

type Order = Pick<Extract<Invocation, { kind: 'run' }>, 'subject' | 'global' | 'parameters'>

/**
 * Asks before a command that takes away what nothing brings back: on a terminal for its words, elsewhere for --yes.
 * @throws ProblemError confirmation-needed where nobody can be asked, cancelled for any other words and after Ctrl+C
 */
export async function askFirst(cli: CliProcess, { subject, global, parameters }: Order): Promise<void> {
  const { id, description } = subject
  if (!description.destructive || global.yes || parameters.dry_run === true) return
  if (!cli.stdin.isTTY) {
    const refusal = problemOf('confirmation-needed', `${description.summary} Nothing brings it back.`, {
      title: 'This asks first',
      whatToDo: ['Say --yes to go on.'],
    })
    throw new ProblemError(refusal)
  }
  cli.stderr.write(`${description.summary} Nothing brings it back.\n`)
  if ((await typedWords(cli, `Type ${id} to go on: `)) !== id) throw usage('cancelled', 'Nothing was removed.')
}

/** One line typed on a terminal, without blanks around it; empty at the end of the input and after Ctrl+C. */
async function typedWords({ stdin, stderr, interrupted }: CliProcess, prompt: string): Promise<string> {
  // Loaded here and not at the start: most calls ask nobody.
  const { createInterface } = process.getBuiltinModule('node:readline')
  const asking = createInterface({ input: stdin, terminal: false })
  const { promise, resolve } = Promise.withResolvers<string>()
  const stop = () => asking.close()
  asking.once('line', resolve)
  asking.once('close', () => resolve(''))
  interrupted.addEventListener('abort', stop, { once: true })
  stderr.write(prompt)
  if (interrupted.aborted) stop()
  try {
    return (await promise).trim()
  } finally {
    interrupted.removeEventListener('abort', stop)
    stop()
  }
}
