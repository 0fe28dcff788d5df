import type { PlaygroundAccess, TelnyxEmulatorAccess } from './ports.ts'
import { playgroundProblem } from './problems/playground-problem.ts'

/** A playground that runs, as far as the engine needs it. */
interface RunningPlayground {
  info: {
    issuer: string
    clients: { client_id: string; client_secret?: string; token_endpoint_auth_method: string; title: string }[]
    users: { username: string; password: string; name: string }[]
    telnyx?: TelnyxEmulatorAccess
  }
  stop(): Promise<void>
  /** of one that another process runs: asks whether it still does */
  answers?: () => Promise<boolean>
}

/** Joins the playground of the data folder, or starts one that keeps its state there. */
export type StartPlayground = (options: { dataFolder: string }) => Promise<RunningPlayground>

/**
 * One playground for the engine's life, had when first asked for; a start that failed is tried again. One that another
 * process runs may end at any time: each access asks, and joins or starts anew when it is gone.
 */
export function createPlaygroundPort(load: () => Promise<StartPlayground>, dataFolder: string) {
  let running: Promise<RunningPlayground> | undefined
  const begin = () => {
    const begun = startWith(load, dataFolder)
    running = begun
    begun.catch(() => {
      if (running === begun) running = undefined
    })
    return begun
  }
  const current = async (): Promise<RunningPlayground> => {
    const known = running
    if (!known) return begin()
    const playground = await known
    if (!playground.answers || (await playground.answers())) return playground
    // Of several that find it gone the first begins anew, and all take that one.
    return running === known ? begin() : (running ?? begin())
  }
  return {
    access: async (): Promise<PlaygroundAccess> => accessOf((await current()).info),
    stop: async () => (await running?.catch(() => undefined))?.stop(),
  }
}

async function startWith(load: () => Promise<StartPlayground>, dataFolder: string): Promise<RunningPlayground> {
  const startPlayground = await load()
  return startPlayground({ dataFolder }).catch((error: unknown) => {
    throw playgroundProblem(error)
  })
}

function accessOf(info: RunningPlayground['info']): PlaygroundAccess {
  return {
    issuer: info.issuer,
    clients: info.clients.map(({ client_id, title, token_endpoint_auth_method }) => ({
      client_id,
      title,
      token_endpoint_auth_method,
    })),
    users: info.users.map(({ username, name }) => ({ username, title: name })),
    clientSecrets: Object.fromEntries(
      info.clients.flatMap(({ client_id, client_secret }) => (client_secret ? [[client_id, client_secret]] : [])),
    ),
    passwords: Object.fromEntries(info.users.map(({ username, password }) => [username, password])),
    ...(info.telnyx ? { telnyx: info.telnyx } : {}),
  }
}
