import type { ClientAuthMethod } from './client-auth-method.ts'
import { basicCredentials } from './basic-credentials.ts'
import { formEncoded } from './form-encoded.ts'

/**
 * Client id and secret in the Authorization header, each form-encoded first. The library's own encoder also escapes
 * `-`, `_` and `.`, which the form encoding leaves alone: servers that do not decode would then refuse secrets that
 * need no encoding at all.
 */
export const clientSecretBasic: ClientAuthMethod = {
  id: 'client_secret_basic',
  title: 'Secret in header',
  summary: 'Client id and secret in an Authorization: Basic header, form-encoded first as the RFC says.',
  section: 'RFC 6749 §2.3.1',
  registeredAs: 'client_secret_basic',
  needsSecret: true,
  load:
    async (secret) =>
    (...[, client, , headers]) => {
      headers.set('authorization', basicCredentials(formEncoded(client.client_id), formEncoded(secret)))
    },
}
