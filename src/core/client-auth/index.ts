import type { ClientAuthMethod } from './client-auth-method.ts'
import { clientSecretBasicRaw } from './client-secret-basic-raw.ts'
import { clientSecretBasic } from './client-secret-basic.ts'
import { clientSecretPost } from './client-secret-post.ts'
import { none } from './none.ts'

/** Every client authentication method. A new one is its file and one line here. */
export const clientAuthMethods: readonly ClientAuthMethod[] = [
  none,
  clientSecretBasic,
  clientSecretBasicRaw,
  clientSecretPost,
]
