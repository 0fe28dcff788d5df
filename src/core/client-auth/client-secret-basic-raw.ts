import type { ClientAuthMethod } from './client-auth-method.ts'
import { basicCredentials } from './basic-credentials.ts'

/** Basic without form-encoding: what RFC 6749 §2.3.1 forbids and some servers want all the same. */
export const clientSecretBasicRaw: ClientAuthMethod = {
  id: 'client_secret_basic_raw',
  title: 'Secret in header, not encoded',
  summary: 'As client_secret_basic but without form-encoding, for servers that do not decode it.',
  section: 'RFC 7617 §2',
  registeredAs: 'client_secret_basic',
  needsSecret: true,
  load:
    async (secret) =>
    (...[, client, , headers]) => {
      headers.set('authorization', basicCredentials(client.client_id, secret))
    },
}
