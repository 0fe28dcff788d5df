import type { ClientAuthMethod } from './client-auth-method.ts'

/** Client id and secret as form parameters. */
export const clientSecretPost: ClientAuthMethod = {
  id: 'client_secret_post',
  title: 'Secret in form',
  summary: 'Client id and secret as parameters of the request body.',
  section: 'RFC 6749 §2.3.1',
  registeredAs: 'client_secret_post',
  needsSecret: true,
  load: async (secret) => (await import('oauth4webapi')).ClientSecretPost(secret),
}
