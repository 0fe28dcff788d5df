import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ParameterDescription } from '../../../contract/description.ts'
import type { Problem } from '../../../contract/problem.ts'
import type { EnginePorts, PlaygroundAccess } from '../../ports.ts'
import { ProblemError } from '../../problems/problem-error.ts'
import { createMemoryVault } from '../../vault/memory-vault.ts'
import { type SecretPorts, createSecretResolver } from '../../vault/secret-resolver.ts'
import { createWorkspace } from '../workspace.ts'

const parameter = (name: string, type: ParameterDescription['type']): ParameterDescription => ({
  name,
  title: name,
  type,
  hint: '',
  inProfile: true,
})

/** Parameters as operations have them, one of each kind. */
export const profileParameters: ParameterDescription[] = [
  { ...parameter('issuer', 'url'), required: true },
  parameter('client_id', 'text'),
  parameter('client_secret', 'secret'),
  {
    ...parameter('client_auth', 'choice'),
    default: 'auto',
    choices: [
      { value: 'auto', title: '' },
      { value: 'none', title: '' },
    ],
  },
  parameter('redirect_uri', 'url'),
  parameter('scope', 'words'),
  parameter('resource', 'list'),
  { ...parameter('max_age', 'integer'), minimum: 0 },
  parameter('authorization_parameters', 'pairs'),
  parameter('token_parameters', 'pairs'),
  parameter('password', 'secret'),
  parameter('ca_file', 'text'),
  parameter('headers', 'pairs'),
  parameter('proxy', 'text'),
  parameter('proxy_password', 'secret'),
]

/** A playground that only answers facts. */
export const playgroundAccess: PlaygroundAccess = {
  issuer: 'http://127.0.0.1:7420',
  clients: [],
  users: [
    { username: 'alice', title: 'Alice' },
    { username: 'bob', title: 'Bob' },
  ],
  clientSecrets: { confidential: 'clear-confidential', 'confidential-post': 'clear-post' },
  passwords: { alice: 'clear-alice', bob: 'clear-bob' },
}

/** A home of its own: a data folder, a working folder, a workspace folder, a vault; taken away by `remove`. */
export async function createHome() {
  const home = await mkdtemp(join(tmpdir(), 'grantlab-home-'))
  const ports: SecretPorts & Pick<EnginePorts, 'clock' | 'dataFolder' | 'workspaceFolder' | 'reopensWorkspace'> = {
    dataFolder: join(home, 'data'),
    workingFolder: join(home, 'work'),
    workspaceFolder: join(home, 'team'),
    environment: {},
    clock: { now: () => Date.parse('2026-11-20T12:00:00Z'), monotonic: () => 0 },
    vault: createMemoryVault(),
  }
  await mkdir(ports.workingFolder)
  const secrets = createSecretResolver(ports)
  return {
    home,
    ports,
    secrets,
    workspace: createWorkspace({ ports, parameters: profileParameters, secrets }),
    profilePath: (name: string) => join(home, 'team', 'profiles', `${name}.yaml`),
    async writeProfile(name: string, text: string | Uint8Array) {
      await mkdir(join(home, 'team', 'profiles'), { recursive: true })
      await writeFile(join(home, 'team', 'profiles', `${name}.yaml`), text)
    },
    remove: () => rm(home, { recursive: true, force: true }),
  }
}

/** The problem that work ends with. */
export async function problemOfWork(work: Promise<unknown> | (() => unknown)): Promise<Problem> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  throw new Error('It ended without a problem.')
}

/** A profile file with comments, which an edit has to keep. */
export const acme = `# Acme, production
version: 1
title: Acme
issuer: https://login.acme.test # the tenant of the team

# asked for in the portal
client_id: app-1
client_secret: {secret: acme_prod}
scope: openid profile
`
