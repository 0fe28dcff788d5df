import { escapeTerminal } from '../../contract/escape-terminal.ts'

/**
 * A stranger's text as code within a line of Markdown: no link, name, HTML or table of it comes to life, and what is hidden
 * in it is shown. At most `longest` characters.
 * SECURITY: the fence is longer than any run of backticks in it, so nothing can step out.
 */
export function codeSpan(text: string, longest = 300): string {
  const line = bounded(escapeTerminal(text), longest)
  if (line.trim() === '') return ''
  const fence = fenceFor(line, 1)
  // One space on each side is taken away again (CommonMark §6.1) and keeps backticks at the ends apart.
  return `${fence} ${line} ${fence}`
}

/** Lines of a stranger's text as a block of code; see `codeSpan`. */
export function codeBlock(lines: readonly string[], longest = 200): string[] {
  const safe = lines.map((line) => bounded(escapeTerminal(line), longest))
  const fence = fenceFor(safe.join('\n'), 3)
  return [fence, ...safe, fence]
}

function fenceFor(text: string, least: number): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length)
  return '`'.repeat(Math.max(least, ...runs.map((length) => length + 1)))
}

function bounded(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
