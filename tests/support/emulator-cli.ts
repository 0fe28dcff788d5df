import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli } from './run-cli.ts'
import { startCli, type CliResult } from './start-cli.ts'

/** What a playground that runs in another process says of itself, with its secrets. */
export interface ServedPlayground {
  issuer: string
  users: { username: string; password: string }[]
  telnyx: { base_url: string; issuer: string; api_key: string; client_id: string }
}

/** A playground in a process of its own, and calls of the command line that join it. */
export interface EmulatorCli {
  info: ServedPlayground
  /** data folder, workspace folder */
  folder: string
  environment: Record<string, string>
  /** flags every call gets */
  folders: string[]
  grantlab(...args: string[]): Promise<CliResult>
  start(...args: string[]): ReturnType<typeof startCli>
  /** a control route of the emulator */
  control(method: string, path: string, body?: object): Promise<unknown>
  /** writes `production.yaml`, a profile for the emulator that asks before it destroys */
  writeProductionProfile(): Promise<void>
  /** every file of the data folder, by name */
  files(): Promise<[name: string, text: string][]>
  close(): Promise<void>
}

/** Starts a playground and, with `vault`, makes a vault that outlives each call. */
export async function startEmulatorCli({ vault = false } = {}): Promise<EmulatorCli> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-emulator-'))
  const folders = ['--data-dir', join(folder, 'data'), '--workspace', join(folder, 'workspace')]
  const playground = startCli(['playground', '--port', '0', '--json', '--print-secrets', ...folders])
  const [line] = await playground.shows(/^\{.*\}$/m)
  const info = JSON.parse(line) as ServedPlayground
  const environment: Record<string, string> = {
    GRANTLAB_SECRET_ACME_KEY: info.telnyx.api_key,
    ...(vault ? { GRANTLAB_VAULT_PASSPHRASE: 'correct horse battery' } : {}),
  }
  const grantlab = (...args: string[]) => runCli([...args, ...folders], { environment })
  if (vault) await grantlab('vault', 'use', 'passphrase')
  return {
    info,
    folder,
    environment,
    folders,
    grantlab,
    start: (...args) => startCli([...args, ...folders], environment),
    control: async (method, path, body) => {
      const headers = { authorization: `Bearer ${info.telnyx.api_key}`, 'content-type': 'application/json' }
      const init = body === undefined ? {} : { body: JSON.stringify(body) }
      const response = await fetch(info.telnyx.issuer + path, { method, headers, ...init })
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
      return response.status === 204 ? undefined : response.json()
    },
    writeProductionProfile: () => writeProfile(join(folder, 'workspace'), info),
    files: () => filesBelow(join(folder, 'data')),
    close: async () => {
      playground.child.kill('SIGTERM')
      await playground.ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function writeProfile(workspace: string, { telnyx }: ServedPlayground): Promise<void> {
  await mkdir(join(workspace, 'profiles'), { recursive: true })
  await writeFile(join(workspace, 'grantlab.yaml'), 'version: 1\n')
  const values = [`issuer: ${telnyx.issuer}`, 'vendor: telnyx', 'api_key:', '  secret: acme_key']
  const lines = ['version: 1', 'production: true', ...values, '']
  await writeFile(join(workspace, 'profiles', 'production.yaml'), lines.join('\n'))
}

async function filesBelow(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(files.map(async (file): Promise<[string, string]> => [file, await readFile(file, 'latin1')]))
}
