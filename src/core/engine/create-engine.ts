import type { Commands } from '../../contract/commands.ts'
import type { Engine, EngineDescription, StartRun } from '../../contract/engine.ts'
import type { ParameterDescription, ParameterValues } from '../../contract/description.ts'
import { clientAuthMethods } from '../client-auth/index.ts'
import { commands, type CommandContext } from '../commands/index.ts'
import { commandDescriptions, operationDescriptions } from '../descriptions.ts'
import { createHistory, type History } from '../history/history.ts'
import { createRetention } from '../history/retention.ts'
import { createRecordedKeys } from '../history/recorded-keys.ts'
import { createMasker } from '../http/masking/create-masker.ts'
import { maskProse } from '../http/masking/mask-prose.ts'
import { createLog } from '../log/log.ts'
import type { HostedEngine } from './hosted-engine.ts'
import { operations } from '../operations/index.ts'
import type { EnginePorts } from '../ports.ts'
import { problem, ProblemError } from '../problems/problem-error.ts'
import { createRedirectHub } from '../redirects/redirect-hub.ts'
import { checkParameters } from '../runs/check-parameters.ts'
import { createClearValues } from '../runs/clear-values.ts'
import { readFingerprintKey } from '../runs/fingerprint-key.ts'
import { prepareRun } from '../runs/prepare-run.ts'
import { createRunRegistry } from '../runs/run-registry.ts'
import { startRun } from '../runs/start-run.ts'
import { createRegistrationStore } from '../registrations/create-registration-store.ts'
import { createSettings } from '../settings/settings.ts'
import { userAgents } from '../user-agents/index.ts'
import { createSnapshotStore } from '../snapshots/snapshot-store.ts'
import { createSecretResolver } from '../vault/secret-resolver.ts'
import { createTokenStore } from '../vault/token-store.ts'
import { vendors } from '../vendors/index.ts'
import { createWorkspace } from '../workspace/workspace.ts'

const maximumSliceCharacters = 262_144

/** Parameters that may stand in a profile, each once. */
function profileParameters(): ParameterDescription[] {
  const all = operationDescriptions.flatMap(({ parameters }) => parameters.filter(({ inProfile }) => inProfile))
  return [...new Map(all.map((parameter) => [parameter.name, parameter])).values()]
}

function createParts(ports: EnginePorts) {
  const history: History = createHistory({
    dataFolder: ports.dataFolder,
    onProblem: (runId, found) => registry.tellUnwritten(runId, found),
  })
  const registry = createRunRegistry(history)
  const secrets = createSecretResolver(ports)
  const fingerprintKey = once(() => readFingerprintKey(ports.dataFolder, ports.random))
  const log = createLog(ports)
  const settings = createSettings(ports)
  const masker = async () => createMasker({ key: await fingerprintKey() })
  const fingerprint = async (value: string) => (await masker()).fingerprint(value)
  return {
    history,
    recordedKeys: createRecordedKeys({ read: registry.recorded, readBody: registry.readBody }),
    registry,
    secrets,
    fingerprintKey,
    tokens: createTokenStore({ clock: ports.clock, fingerprint, records: ports.vault.families }),
    workspace: createWorkspace({ ports, parameters: profileParameters(), secrets }),
    settings,
    retention: createRetention({ history, settings, clock: ports.clock, log }),
    leaving: new Set<Promise<void>>(),
    clearValues: createClearValues(),
    redirects: createRedirectHub(),
    snapshots: createSnapshotStore(ports.dataFolder),
    registrations: createRegistrationStore(ports.dataFolder),
    log,
    mask: async (text: string) => maskProse(await masker(), text),
  }
}

/** Asks once and remembers the answer; a failure is asked again. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined
      throw error
    })
    return asked
  }
}

type Parts = ReturnType<typeof createParts>

/** Creates the engine over its ports; see the contract's Engine for every method. */
export function createEngine(ports: EnginePorts): HostedEngine {
  const parts = createParts(ports)
  return {
    describe: async () => describe(ports),
    startRun: (input) => begin(ports, parts, input),
    runEvents: ({ runId, after = 0 }, options) => parts.registry.events(runId, after, options?.signal),
    cancelRun: async ({ runId }) => parts.registry.live(runId).cancel(),
    resumeRun: async ({ runId, all = false }) => parts.registry.live(runId).hold.resume(all),
    answerWait: async ({ runId, wait, text, kind }) => parts.registry.live(runId).waits.answer(wait, { text, kind }),
    readBody: ({ runId, body, offset, length }) =>
      parts.registry.readBody(runId, body, { offset, length: Math.min(length, maximumSliceCharacters) }),
    reveal: async ({ fingerprint }) => ({ value: await reveal(parts, fingerprint) }),
    runCommand: (id, parameters) => runCommand(ports, parts, { id, parameters }),
    async close() {
      await parts.registry.close()
      await Promise.all(parts.leaving)
      await parts.redirects.close()
      const unkept = await parts.tokens.settle()
      parts.clearValues.clear()
      await parts.log.flush()
      return unkept?.problem
    },
    fault: (where, error) => parts.log.fault(where, error),
  } satisfies Engine & HostedEngine
}

function describe(ports: EnginePorts): EngineDescription {
  return {
    version: ports.version,
    operations: [...operationDescriptions],
    commands: [...commandDescriptions],
    clientAuthMethods: clientAuthMethods.map(({ id, title, summary }) => ({ id, title, summary })),
    vendors: vendors.map(({ description }) => description),
    userAgents: userAgents.map(({ id, title, summary }) => ({ id, title, summary })),
    capabilities: {
      openBrowser: ports.host.openBrowser,
      playground: ports.playground !== undefined,
      chooseFolder: ports.chooseFolder !== undefined,
      host: ports.host.name,
    },
  }
}

async function begin(ports: EnginePorts, parts: Parts, input: StartRun): Promise<{ runId: string }> {
  const operation = operations.find(({ description }) => description.id === input.operation)
  if (!operation) {
    const known = operationDescriptions.map(({ id }) => id).join(', ')
    throw problem('unknown-operation', `There is no operation ${input.operation}. There are: ${known}.`)
  }
  const profile =
    input.profile === undefined ? undefined : await parts.workspace.resolveProfile(input.profile, input.parameters)
  const workspace = profile && !profile.builtIn ? await parts.workspace.identity() : ''
  const prepared = await prepareRun(
    { ports, settings: parts.settings, workspace: parts.workspace, resolveSecrets: parts.secrets.resolve },
    { operation: operation.description, profile, input },
  )
  const fingerprintKey = await parts.fingerprintKey()
  const runId = Buffer.from(ports.random.bytes(8)).toString('hex')
  const startedAt = new Date(ports.clock.now())
  const number = await parts.history.nextNumber()
  const file = parts.history.open(runId, startedAt)
  const { clearValues, tokens, redirects, snapshots, registrations, log } = parts
  const { holdBefore = [] } = input
  const run = startRun(
    { ports, fingerprintKey, file, clearValues, tokens, redirects, snapshots, registrations, log },
    { ...prepared, runId, number, operation, profile: profile?.name ?? null, workspace, holdBefore },
  )
  parts.registry.add(run)
  const leaving = run.done.then(() => parts.retention.ended(number)).finally(() => parts.leaving.delete(leaving))
  parts.leaving.add(leaving)
  return { runId }
}

/** Starts a run and waits for its end. */
async function finish(ports: EnginePorts, parts: Parts, input: StartRun): Promise<{ runId: string }> {
  const { runId } = await begin(ports, parts, input)
  for await (const event of parts.registry.events(runId, 0)) {
    if (event.type === 'run.finished' && event.problem) throw new ProblemError(event.problem)
  }
  return { runId }
}

async function reveal(parts: Parts, fingerprint: string): Promise<string> {
  const value = parts.clearValues.get(fingerprint) ?? (await parts.tokens.reveal(fingerprint))
  if (value !== undefined) return value
  if (parts.registry.isOfOpened(fingerprint)) {
    throw problem('token-missing', 'This mark comes from a file that holds no secrets: there is no value behind it.')
  }
  throw problem('token-missing', 'This value is no longer in memory: only values of this session can be shown.', {
    whatToDo: ['Run again to get a new one.'],
  })
}

interface CommandCall<K extends keyof Commands> {
  id: K
  parameters: Commands[K]['parameters']
}

async function runCommand<K extends keyof Commands>(
  ports: EnginePorts,
  parts: Parts,
  { id, parameters }: CommandCall<K>,
): Promise<Commands[K]['result']> {
  const command = commands.find(({ description }) => description.id === id)
  if (!command) throw problem('unknown-operation', `There is no command ${id}.`)
  const { registry: runs, ...others } = parts
  const runToEnd = (input: StartRun) => finish(ports, parts, input)
  const context: CommandContext = { ports, runs, runToEnd, ...others }
  return (await command.run(
    context,
    checkParameters(command.description.parameters, parameters as ParameterValues),
  )) as Commands[K]['result']
}
