import { createEngine, createNodePorts } from '../core/index.ts'
import type { CliProcess } from './cli-process.ts'
import type { GlobalFlags } from './global-flags.ts'

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
    startPlayground: async () => (await import('../playground/index.ts')).startPlayground,
  })
}

/** An engine for one command, and its end. */
export async function openEngine(cli: CliProcess, flags: GlobalFlags) {
  const { ports, close } = await openPorts(cli, flags)
  const engine = await createEngine(ports)
  return {
    engine,
    async close() {
      await engine.close()
      await close()
    },
  }
}
