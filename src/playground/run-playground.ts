import { createServer } from 'node:http'
import { createApplication } from './application.ts'
import type { RegistrationOptions } from './authorization-server/registration.ts'
import { describePlayground } from './describe-playground.ts'
import { announceRunning, withdrawRunning } from './join/running-file.ts'
import { close, listen } from './listen.ts'
import { PlaygroundError } from './playground-error.ts'
import type { PlaygroundInfo } from './playground-info.ts'
import { openState } from './state/open-state.ts'
import { startEmulator } from './telnyx/start-emulator.ts'
import { mergeSwitches, usualSwitches, type TelnyxSwitches } from './telnyx/switches.ts'
import type { WorkerOptions } from './worker-messages.ts'

/** A playground in this thread. */
interface RunningPlayground {
  info: PlaygroundInfo
  stop(): Promise<void>
}

/**
 * Runs the playground in this thread: reads or makes its state, takes a port, serves.
 * @throws PlaygroundError when the state file, the port or an option cannot be used.
 */
export async function runPlayground(options: WorkerOptions): Promise<RunningPlayground> {
  const { dataFolder, port: wantedPort, joinable = true } = options
  const accessTokenSeconds = checkSeconds('accessTokenSeconds', options.accessTokenSeconds ?? 600)
  const codeSeconds = checkSeconds('codeSeconds', options.codeSeconds ?? 60)
  const registration = checkRegistration(options)
  const switches = checkSwitches(options.telnyx ?? {})
  const state = await openState(dataFolder)
  const server = createServer()
  const port = await listen(server, wantedPort)
  const { promise: application, resolve } = Promise.withResolvers<ReturnType<typeof createApplication>>()
  // Whoever asks before all is set up waits that long.
  server.on('request', (request, response) => void application.then((answer) => answer(request, response)))
  const emulator = await startEmulator({ state, wantedPort: port + 1, switches }).catch(async (error: unknown) => {
    await close(server)
    throw error
  })
  const ports = { port, telnyxPort: Number(new URL(emulator.info.issuer).port) }
  const info = describePlayground(state, ports)
  const { issuer, clients } = info
  const parts = { issuer, port, clients, state, accessTokenSeconds, codeSeconds, ...registration }
  resolve(createApplication(parts, ports))
  if (joinable) await announceRunning(dataFolder, port)
  return {
    info,
    async stop() {
      await withdrawRunning(dataFolder, port)
      await Promise.all([close(server), emulator.stop()])
    },
  }
}

function checkSeconds(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new PlaygroundError('bad-option', `${name} must be a whole number of seconds above 0, not ${value}.`)
}

function checkRegistration({ initialAccessToken, clientSecretSeconds }: WorkerOptions): RegistrationOptions {
  if (clientSecretSeconds !== undefined) checkSeconds('clientSecretSeconds', clientSecretSeconds)
  // SECURITY: an empty token would leave registration open to everybody, which is not what its giver meant.
  if (initialAccessToken === '') throw new PlaygroundError('bad-option', 'initialAccessToken must not be empty.')
  return { initialAccessToken, clientSecretSeconds }
}

function checkSwitches(given: Partial<TelnyxSwitches>): TelnyxSwitches {
  try {
    return mergeSwitches(usualSwitches, given)
  } catch (cause) {
    throw new PlaygroundError('bad-option', cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
