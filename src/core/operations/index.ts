import { tokenVerify } from './bench/token-verify/index.ts'
import { clientsCreate } from './clients/clients-create/index.ts'
import { clientsDelete } from './clients/clients-delete/index.ts'
import { clientsGet } from './clients/clients-get/index.ts'
import { clientsList } from './clients/clients-list/index.ts'
import { clientsUpdate } from './clients/clients-update/index.ts'
import { consentApprove } from './clients/consent-approve/index.ts'
import { consentDeny } from './clients/consent-deny/index.ts'
import { consentGet } from './clients/consent-get/index.ts'
import { grantsGet } from './clients/grants-get/index.ts'
import { grantsList } from './clients/grants-list/index.ts'
import { grantsRevoke } from './clients/grants-revoke/index.ts'
import { registrationCleanUp } from './clients/registration-clean-up/index.ts'
import { registrationDelete } from './clients/registration-delete/index.ts'
import { registrationRead } from './clients/registration-read/index.ts'
import { registrationUpdate } from './clients/registration-update/index.ts'
import { register } from './clients/register/index.ts'
import { discover } from './discovery/discover/index.ts'
import { discoverResource } from './discovery/discover-resource/index.ts'
import { authorizationCode } from './grants/authorization-code/index.ts'
import { clientCredentials } from './grants/client-credentials/index.ts'
import { refresh } from './grants/refresh/index.ts'
import { logout } from './sessions/logout/index.ts'
import type { Operation } from './operation.ts'
import { call } from './resource/call/index.ts'
import { userinfo } from './resource/userinfo/index.ts'
import { introspect } from './tokens/introspect/index.ts'
import { revoke } from './tokens/revoke/index.ts'

/** Every operation, in the order they are offered. A new one is its folder and one line here. */
export const operations: readonly Operation[] = [
  authorizationCode,
  clientCredentials,
  refresh,
  userinfo,
  call,
  logout,
  tokenVerify,
  introspect,
  revoke,
  clientsList,
  clientsGet,
  clientsCreate,
  clientsUpdate,
  clientsDelete,
  grantsList,
  grantsGet,
  grantsRevoke,
  consentGet,
  consentApprove,
  consentDeny,
  register,
  registrationRead,
  registrationUpdate,
  registrationDelete,
  registrationCleanUp,
  discover,
  discoverResource,
]
