import { startCli, type CliResult } from './start-cli.ts'

export type { CliResult } from './start-cli.ts'

/** Runs the command line from source to its end, without a terminal; `input` is all its stdin has. */
export function runCli(
  args: string[],
  { environment = {}, input = '' }: { environment?: Record<string, string>; input?: string } = {},
): Promise<CliResult> {
  const { child, ended } = startCli(args, environment)
  child.stdin.end(input)
  return ended
}
