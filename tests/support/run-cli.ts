import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** How a command line call ended. */
export interface CliResult {
  exitCode: number
  stdout: string
  stderr: string
}

const entry = join(import.meta.dirname, '../../src/cli/main.ts')

/** Runs the command line from source as its own process, without a terminal. */
export function runCli(
  args: string[],
  more: { environment?: Record<string, string>; input?: string } = {},
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...args], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...more.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const output = { stdout: '', stderr: '' }
    child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ exitCode: code ?? -1, ...output }))
    child.stdin.end(more.input ?? '')
  })
}
