import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ParameterValues } from '../../src/contract/description.ts'
import type { StartRun } from '../../src/contract/engine.ts'
import type { RunEvent } from '../../src/contract/events.ts'
import { runOf, type Run } from '../../src/contract/run.ts'
import { createEngine, type EnginePorts, type HostedEngine } from '../../src/core/index.ts'
import { createMemoryVault } from '../../src/core/vault/memory-vault.ts'
import { startPlayground, type Playground } from '../../src/playground/index.ts'

/** An engine on a folder of its own, with a playground when asked for. */
export interface TestEngine {
  engine: HostedEngine
  ports: EnginePorts
  folder: string
  /** runs to the end; `while` sees each event as it comes */
  run(
    input: StartRun,
    whileRunning?: (event: RunEvent, runId: string) => void,
  ): Promise<{ run: Run; events: RunEvent[] }>
  close(): Promise<void>
}

/** Makes an engine with real time and randomness over a temporary folder. */
export async function createTestEngine(change: Partial<EnginePorts> = {}): Promise<TestEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-test-'))
  const ports: EnginePorts = {
    version: '0.0.0-test',
    host: { name: 'test', openBrowser: false },
    dataFolder: join(folder, 'data'),
    workspaceFolder: join(folder, 'workspace'),
    workingFolder: folder,
    environment: {},
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    vault: createMemoryVault(),
    ...change,
  }
  const engine = await createEngine(ports)
  return {
    engine,
    ports,
    folder,
    async run(input, whileRunning) {
      const { runId } = await engine.startRun(input)
      const events: RunEvent[] = []
      for await (const event of engine.runEvents({ runId })) {
        events.push(event)
        whileRunning?.(event, runId)
      }
      return { run: runOf(runId, events), events }
    },
    async close() {
      await engine.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A playground on a free port in this thread, with what is needed to use its clients. */
export interface TestPlayground {
  playground: Playground
  issuer: string
  secretOf(clientId: string): string
  /** parameters of an automatic sign-in as alice */
  signIn(more?: ParameterValues): ParameterValues
  port: NonNullable<EnginePorts['playground']>
  close(): Promise<void>
}

/** Starts a playground for tests. */
export async function createTestPlayground(): Promise<TestPlayground> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-playground-'))
  const playground = await startPlayground({ dataFolder: folder, port: 0, inWorker: false })
  const { issuer, clients, users } = playground.info
  const secretOf = (clientId: string) => clients.find(({ client_id }) => client_id === clientId)?.client_secret ?? ''
  const passwords = Object.fromEntries(users.map(({ username, password }) => [username, password]))
  return {
    playground,
    issuer,
    secretOf,
    signIn: (more = {}) => ({
      issuer,
      client_id: 'public',
      redirect_uri: 'http://127.0.0.1:0/callback',
      scope: 'openid profile email offline_access api:read',
      agent: 'form',
      user: 'alice',
      password: passwords.alice ?? '',
      ...more,
    }),
    port: async () => ({
      issuer,
      clients: clients.map(({ client_id, title, token_endpoint_auth_method }) => ({
        client_id,
        title,
        token_endpoint_auth_method,
      })),
      users: users.map(({ username, name }) => ({ username, title: name })),
      clientSecrets: Object.fromEntries(
        clients.flatMap(({ client_id, client_secret }) => (client_secret ? [[client_id, client_secret]] : [])),
      ),
      passwords,
      telnyx: playground.info.telnyx,
    }),
    async close() {
      await playground.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
