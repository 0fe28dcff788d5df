import { terminalJson } from '../contract/escape-terminal.ts'
import { createEngine, createNodePorts } from '../core/index.ts'
import { print, type CliProcess } from './cli-process.ts'
import type { GlobalFlags } from './global-flags.ts'
import { tokensNotKept } from './kept-nothing.ts'
import { createPaint } from './paint.ts'
import { problemLines } from './summary-lines.ts'

/** The ports of the command line; the playground is loaded when a profile wants it. */
export function openPorts(cli: CliProcess, flags: GlobalFlags) {
  return createNodePorts({
    host: 'cli',
    arguments: {
      dataDir: flags.dataDir,
      workspace: flags.workspace,
      secrets: flags.secrets,
      environmentFile: flags.environmentFile,
    },
    personOpens: cli.stdin.isTTY,
    environment: cli.environment,
    startPlayground: async () => {
      const { joinOrStartPlayground } = await import('../playground/index.ts')
      // One that is started here ends with this command, so nobody else may rely on it.
      return (options) => joinOrStartPlayground({ ...options, joinable: false })
    },
  })
}

/** An engine for one command, and its end, which tells on stderr when tokens could not be kept; the exit code stays. */
export async function openEngine(cli: CliProcess, flags: GlobalFlags) {
  const { ports, close } = await openPorts(cli, flags)
  const engine = await createEngine(ports)
  return {
    engine,
    async close() {
      const unkept = await engine.close()
      await close()
      if (!unkept) return
      const told = tokensNotKept(unkept)
      if (flags.json) cli.stderr.write(`${terminalJson(told)}\n`)
      else print(cli.stderr, problemLines(told, createPaint(cli.stderr, cli.environment)))
    },
  }
}
