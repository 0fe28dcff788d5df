import { playgroundClients } from './authorization-server/clients.ts'
import { playgroundApis } from './authorization-server/resources.ts'
import { playgroundUsers } from './authorization-server/users.ts'
import type { PlaygroundInfo } from './playground-info.ts'
import type { PlaygroundSecrets } from './state/playground-state.ts'
import { telnyxInfo } from './telnyx/telnyx-info.ts'

/** Where a playground listens: what its state does not tell. */
export interface PlaygroundPorts {
  port: number
  telnyxPort: number
}

/** All that is needed to use the playground with this state at these ports; the same for who started it and who joins it. */
export function describePlayground(state: PlaygroundSecrets, { port, telnyxPort }: PlaygroundPorts): PlaygroundInfo {
  const issuer = `http://127.0.0.1:${port}`
  return {
    issuer,
    port,
    clients: playgroundClients(state.clientSecrets),
    users: playgroundUsers,
    apis: playgroundApis(issuer),
    telnyx: telnyxInfo(state, telnyxPort),
  }
}
