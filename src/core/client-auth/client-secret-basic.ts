import type { ClientAuthMethod } from './client-auth-method.ts'

/** Client id and secret in the Authorization header, each form-encoded first. */
export const clientSecretBasic: ClientAuthMethod = {
  id: 'client_secret_basic',
  title: 'Secret in header',
  summary: 'Client id and secret in an Authorization: Basic header, form-encoded first as the RFC says.',
  section: 'RFC 6749 §2.3.1',
  registeredAs: 'client_secret_basic',
  needsSecret: true,
  load: async (secret) => (await import('oauth4webapi')).ClientSecretBasic(secret),
}
