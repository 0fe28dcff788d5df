import { resolve } from 'node:path'
import { version } from '../contract/version.ts'
import { environmentForOthers } from './environment-for-others.ts'
import { openAddress, openerOf } from './open-address.ts'
import { createPlaygroundPort, type StartPlayground } from './playground-port.ts'
import type { EnginePorts } from './ports.ts'
import { problem } from './problems/problem-error.ts'
import { createLazyVault } from './vault/lazy-vault.ts'

/** What a person told the host about files and secrets; the same flags in every host. */
export interface HostArguments {
  /** `--data-dir` */
  dataDir?: string | undefined
  /** `--workspace` */
  workspace?: string | undefined
  /** each `--secret NAME=ENVVAR` */
  secrets?: readonly string[] | undefined
  /** `--env-file` */
  environmentFile?: string | undefined
}

/** What a host brings. */
export interface NodePortsOptions {
  /** `cli`, `browser`, `electron` */
  host: string
  arguments: HostArguments
  /** loads what starts the playground, or joins one that runs; core does not know it */
  startPlayground?: () => Promise<StartPlayground>
  /** where no browser can be opened: somebody is there who sees the address and opens it, so that the run may wait */
  personOpens?: boolean
  /** a window: without `--workspace` and outside of any workspace the one opened last is opened again */
  reopensWorkspace?: boolean
  environment?: Record<string, string | undefined>
  workingFolder?: string
}

/** The ports of a host on Node, and the end of what they started. */
export interface NodePorts {
  ports: EnginePorts
  /** Stops the playground when it runs, or leaves one that was joined. */
  close(): Promise<void>
}

/**
 * The ports every host on Node has in common: folders, clock, randomness, secrets, browser, playground.
 * @throws ProblemError parameter-invalid for a `--secret` that is not NAME=ENVVAR
 */
export async function createNodePorts(options: NodePortsOptions): Promise<NodePorts> {
  const { environment = process.env, workingFolder = process.cwd(), arguments: given } = options
  const dataFolder = resolve(workingFolder, given.dataDir || environment.GRANTLAB_HOME || (await usualDataFolder()))
  const opener = openerOf(environment)
  const argued = argumentPorts(given, workingFolder)
  const playground = options.startPlayground && createPlaygroundPort(options.startPlayground, dataFolder)
  return {
    ports: {
      version,
      host: { name: options.host, openBrowser: opener !== undefined },
      dataFolder,
      workingFolder,
      environment,
      clock: { now: () => Date.now(), monotonic: () => performance.now() },
      random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
      // Loaded when something is read or kept, and not before.
      vault: createLazyVault(async () => (await import('./vault/open-vault.ts')).openVault(dataFolder, environment)),
      ...argued,
      ...(options.reopensWorkspace ? { reopensWorkspace: true } : {}),
      // SECURITY: what is started here lives on, and others may read its environment or inherit it.
      ...openingPort(opener, options.personOpens ?? false, environmentForOthers(environment, argued.secretVariables)),
      ...(playground ? { playground: playground.access } : {}),
    },
    close: async () => playground?.stop(),
  }
}

function openingPort(
  opener: readonly string[] | undefined,
  personOpens: boolean,
  env: Record<string, string | undefined>,
): Pick<EnginePorts, 'openAddress'> {
  if (opener) return { openAddress: (address) => openAddress(address, opener, env) }
  return personOpens ? { openAddress: async () => undefined } : {}
}

/** What was given on the command line; what was not is absent. */
function argumentPorts({ workspace, secrets, environmentFile }: HostArguments, workingFolder: string) {
  return {
    ...(workspace ? { workspaceFolder: resolve(workingFolder, workspace) } : {}),
    ...(secrets?.length ? { secretVariables: secretVariablesOf(secrets) } : {}),
    ...(environmentFile ? { environmentFile: resolve(workingFolder, environmentFile) } : {}),
  }
}

async function usualDataFolder(): Promise<string> {
  // Loaded only when nobody named a folder: it costs each start some milliseconds, help's too.
  const { default: envPaths } = await import('env-paths')
  return envPaths('grantlab', { suffix: '' }).data
}

function secretVariablesOf(secrets: readonly string[]): Record<string, string> {
  const pairs = secrets.map((secret) => {
    const [, name, variable] = /^([^=]+)=([^=]+)$/.exec(secret) ?? []
    if (name && variable) return [name, variable]
    // SECURITY: the text is not quoted: somebody may have put the secret itself there.
    throw problem('parameter-invalid', '--secret wants NAME=ENVVAR: a secret and the environment variable it is in.', {
      whatToDo: ['Put the value in an environment variable and give that variable its name here.'],
    })
  })
  return Object.fromEntries(pairs) as Record<string, string>
}
