import { escapeTerminal } from './escape-terminal.ts'
import type { Problem } from './problem.ts'

/** A problem as the lines a host without another place for it writes to its error output. */
export function problemLines({ title, detail, whatToDo = [] }: Problem): string[] {
  return [`${title}. ${detail}`, ...whatToDo.map((advice) => `  ${advice}`)].map((line) => escapeTerminal(line))
}

/** Where an unforeseen error happened, in one line. SECURITY: never its text, which may quote what a server sent. */
export function errorPlaceLine(error: unknown): string {
  const { name, stack = '' } = error instanceof Error ? error : new Error('not an error')
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const places = frames.slice(0, 5).map((frame) => frame.trim())
  return escapeTerminal(`${name} ${places.join(' ')}`)
}
