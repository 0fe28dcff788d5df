import type { ReadStream } from 'node:tty'
import type { Painted } from './paint.ts'

/** One output of the command line. */
export interface Output {
  isTTY: boolean
  /** how wide a terminal is now; absent elsewhere */
  columns?: number | undefined
  write(text: string): void
}

/** What the command line reaches outside of itself through. */
export interface CliProcess {
  args: readonly string[]
  environment: Record<string, string | undefined>
  stdin: NodeJS.ReadStream | ReadStream
  stdout: Output
  stderr: Output
  /** aborts at the first Ctrl+C; the second one ends the process */
  interrupted: AbortSignal
  /** does what Ctrl+C does, for a prompt that reads the keys itself */
  interrupt(): void
  now(): Date
}

/** Writes lines, each with its line end. */
export function print(output: Output, lines: readonly Painted[]): void {
  if (lines.length > 0) output.write(lines.map(({ painted }) => `${painted}\n`).join(''))
}
