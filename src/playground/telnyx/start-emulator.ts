import { createServer } from 'node:http'
import { close, listen } from '../listen.ts'
import type { PlaygroundTelnyx } from '../playground-info.ts'
import type { PlaygroundState } from '../state/playground-state.ts'
import { createEmulator } from './create-emulator.ts'
import type { EmulatorParts } from './parts.ts'
import { serveEmulator } from './serve-emulator.ts'
import type { TelnyxSwitches } from './switches.ts'
import { telnyxInfo } from './telnyx-info.ts'

/** An emulator that listens. */
export interface RunningEmulator {
  info: PlaygroundTelnyx
  stop(): Promise<void>
}

/** How an emulator is started. */
interface EmulatorOptions {
  state: PlaygroundState
  /** Port to take when it is free; otherwise any free one is taken. */
  wantedPort: number
  switches: TelnyxSwitches
}

/** Listens on 127.0.0.1 with an origin of its own. What stands behind it is made when the first request comes. */
export async function startEmulator({ state, wantedPort, switches }: EmulatorOptions): Promise<RunningEmulator> {
  const server = createServer()
  const port = await listen(server, wantedPort).catch(() => listen(server, 0))
  const info = telnyxInfo(state, port)
  let emulator: EmulatorParts | undefined
  server.on('request', (request, response) => {
    emulator ??= createEmulator(info, state, switches)
    // A fault in the emulator must not end the worker, and with it the playground.
    serveEmulator(emulator, request, response).catch(() => response.destroy())
  })
  return { info, stop: () => close(server) }
}
