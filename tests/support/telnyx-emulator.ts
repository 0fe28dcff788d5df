import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { APIError, Telnyx, type ClientOptions } from 'telnyx'
import { startPlayground, type PlaygroundInfo, type PlaygroundOptions } from '../../src/playground/index.ts'

/** A running emulator with the real SDK pointed at it. */
export interface EmulatorBench {
  info: PlaygroundInfo['telnyx']
  /** The SDK with the API key; options of its own on top. */
  sdk(options?: ClientOptions): Telnyx
  /** Calls a control route (or any other path of the emulator's origin) with the API key. */
  control(method: string, path: string, body?: object): Promise<unknown>
  /** Asks for a fault. */
  fault(fault: object): Promise<unknown>
  /** Sets switches. */
  switches(switches: object): Promise<unknown>
  /** The requests since the last call of `forget`, as `METHOD target`. */
  requests(): Promise<string[]>
  /** The SDK's counts of its attempts, one for each request. */
  attempts(): Promise<(string | null)[]>
  /** Forgets faults and counted requests, and puts the switches back. */
  forget(): Promise<void>
  close(): Promise<void>
}

interface Logged {
  method: string
  target: string
  retry_count: string | null
}

/** Starts a playground for its emulator. The environment has no TELNYX_ variable any more after that. */
export async function startEmulatorBench(options: Partial<PlaygroundOptions> = {}): Promise<EmulatorBench> {
  for (const name of Object.keys(process.env)) if (name.startsWith('TELNYX_')) delete process.env[name]
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-telnyx-'))
  const playground = await startPlayground({ dataFolder: folder, port: 0, inWorker: false, ...options })
  const info = playground.info.telnyx
  const control = (method: string, path: string, body?: object) => callControl(info, { method, path, body })
  const logged = async () => ((await control('GET', '/emulator/requests')) as { data: Logged[] }).data
  const usual = ((await control('GET', '/emulator/switches')) as { data: object }).data
  return {
    info,
    sdk: (own) => createSdk(info, own),
    control,
    fault: (fault) => control('POST', '/emulator/faults', fault),
    switches: (switches) => control('PUT', '/emulator/switches', switches),
    requests: async () => (await logged()).map(({ method, target }) => `${method} ${target}`),
    attempts: async () => (await logged()).map(({ retry_count }) => retry_count),
    forget: async () => {
      await control('DELETE', '/emulator/faults')
      await control('PUT', '/emulator/switches', usual)
      await control('DELETE', '/emulator/requests')
    },
    close: async () => {
      await playground.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The SDK as it can be used without leaving this machine: no login of its own, no second try unless asked for. */
function createSdk({ base_url, api_key }: PlaygroundInfo['telnyx'], options: ClientOptions = {}): Telnyx {
  return new Telnyx({
    apiKey: api_key,
    clientID: null,
    clientSecret: null,
    baseURL: base_url,
    maxRetries: 0,
    logLevel: 'off',
    ...options,
  })
}

async function callControl(
  { issuer, api_key }: PlaygroundInfo['telnyx'],
  { method, path, body }: { method: string; path: string; body: object | undefined },
): Promise<unknown> {
  const headers = { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' }
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(issuer + path, { method, headers, ...init })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

/** What an error of the SDK says; a call that works is a failure. */
export async function refusal(call: Promise<unknown>): Promise<{ status: unknown; error: unknown; is: unknown }> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof APIError)) throw new Error(`expected an error of the API, got ${String(error)}`)
  return { status: error.status, error: error.error, is: error.constructor }
}

/** Code and source of each error in the envelope. */
export function codesOf({ error }: { error: unknown }): [string, object | undefined][] {
  return (error as { errors: { code: string; source?: object }[] }).errors.map(({ code, source }) => [code, source])
}
