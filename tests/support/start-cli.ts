import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { join } from 'node:path'

/** How a command line call ended. */
export interface CliResult {
  exitCode: number
  stdout: string
  stderr: string
}

/** A command line call that runs, without a terminal and with its stdin open. */
export interface RunningCli {
  child: ChildProcessWithoutNullStreams
  output: { stdout: string; stderr: string }
  /** Resolves with the match once stdout or stderr has it; rejects when the process ends before. */
  shows(pattern: RegExp): Promise<RegExpExecArray>
  ended: Promise<CliResult>
}

const entry = join(import.meta.dirname, '../../src/cli/main.ts')

/** Starts the command line from source as its own process. */
export function startCli(args: string[], environment: Record<string, string> = {}): RunningCli {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, GRANTLAB_NO_KEYCHAIN: '1', ...environment },
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()))
  child.stdin.on('error', () => {})
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ exitCode: code ?? -1, ...output }))
  })
  const shows = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output.stdout) ?? pattern.exec(output.stderr)
        if (found) resolve(found)
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      void ended.then((result) => reject(new Error(`ended without ${String(pattern)}: ${JSON.stringify(result)}`)))
      look()
    })
  return { child, output, shows, ended }
}
