import type { ClientAuthMethod } from './client-auth-method.ts'

/** A public client: only `client_id` in the form. */
export const none: ClientAuthMethod = {
  id: 'none',
  title: 'None (public client)',
  summary: 'Sends the client id only; for clients that hold no secret.',
  section: 'RFC 7591 §2',
  registeredAs: 'none',
  needsSecret: false,
  load: async () => (await import('oauth4webapi')).None(),
}
