import { arch, homedir, release, type } from 'node:os'
import type { CommandContext, CommandsOf } from './command.ts'

const logLines = 40

/** What to send along with a report of a fault. */
export const diagnosticsCommands: CommandsOf<'diagnostics show'> = {
  'diagnostics show': {
    description: {
      id: 'diagnostics show',
      title: 'Show diagnostics',
      summary: 'Show versions, states and the end of the log, masked, to send along with a report.',
      parameters: [],
    },
    async run(context) {
      const text = [...(await factsOf(context)), '', ...(await context.log.tail(logLines))].join('\n')
      // SECURITY: this is copied into mails and tickets: masked once more, and nobody's home folder in it.
      return { text: withoutHome(await context.mask(text)) }
    },
  },
}

async function factsOf({ ports, workspace }: CommandContext): Promise<string[]> {
  const { electron, chrome, node } = process.versions as Record<string, string | undefined>
  const vault = await ports.vault.facts()
  const profiles = await workspace.listProfiles().catch(() => [])
  const proxies = Object.keys(ports.environment).filter((name) => /^(?:https?|all|no)_proxy$/i.test(name))
  return [
    `Grantlab ${ports.version} in ${ports.host.name}`,
    `Node ${node}${electron ? `, Electron ${electron}, Chromium ${chrome}` : ''}`,
    `${type()} ${release()} ${arch()}`,
    `Vault: ${vault.state}, ${vault.store}. ${vault.detail}`,
    `Profiles: ${profiles.length}, of which ${profiles.filter(({ problem }) => problem).length} cannot be read`,
    `Proxy variables: ${proxies.join(', ') || 'none'}`,
    `Data folder: ${ports.dataFolder}`,
  ]
}

function withoutHome(text: string): string {
  const home = homedir()
  return home.length > 1 ? text.replaceAll(home, '~') : text
}
