import { tokenVerify } from './bench/token-verify/index.ts'
import { discover } from './discovery/discover/index.ts'
import { discoverResource } from './discovery/discover-resource/index.ts'
import { authorizationCode } from './grants/authorization-code/index.ts'
import { clientCredentials } from './grants/client-credentials/index.ts'
import { refresh } from './grants/refresh/index.ts'
import { logout } from './sessions/logout/index.ts'
import type { Operation } from './operation.ts'
import { call } from './resource/call/index.ts'
import { userinfo } from './resource/userinfo/index.ts'

/** Every operation, in the order they are offered. A new one is its folder and one line here. */
export const operations: readonly Operation[] = [
  authorizationCode,
  clientCredentials,
  refresh,
  userinfo,
  call,
  logout,
  tokenVerify,
  discover,
  discoverResource,
]
