import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createLink, type Answers, type Link } from './link.ts'

/** A running application in the simulated Electron. */
export interface SimulatedElectron {
  /** asks the main process: `facts`, `request`, `navigate`, `post` and the other answers in main-process/ */
  main: Link
  /** what it wrote to its error output so far */
  errors(): string
  /** its exit code */
  ended: Promise<number>
  /** Ends it as a system that shuts down does. */
  close(): Promise<void>
}

/** What is started. */
export interface SimulationOptions {
  /** the application's main file */
  entry: string
  args?: string[]
  environment?: Record<string, string | undefined>
  /** what stands for the desktop: shows windows or writes down what is asked of it */
  desktop: (main: Link) => Answers
}

/** Starts an application as `electron ENTRY ARGS` would. */
export function startSimulatedElectron(options: SimulationOptions): SimulatedElectron {
  const { entry, args = [], environment = {} } = options
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run.ts'), entry, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = once(child, 'close').then(([code]) => (code as number | null) ?? 1)
  const main: Link = createLink(child, () => answers)
  const answers = options.desktop(main)
  return {
    main,
    errors: () => errors,
    ended,
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
