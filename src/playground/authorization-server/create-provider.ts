import type { EventEmitter } from 'node:events'
import Provider from 'oidc-provider'
import { addAccessTokenHash } from './at-hash.ts'
import { buildConfiguration, type ServerParts } from './configuration.ts'
import { isLoopbackRedirectUri } from './loopback-redirect.ts'
import { endWithClient } from './registration.ts'

/** The authorization server: oidc-provider as configured, with loopback redirect URIs and `at_hash`. */
export function createProvider(parts: ServerParts): Provider {
  const provider = new Provider(parts.issuer, buildConfiguration(parts))
  allowLoopback(provider, new Set(parts.clients.map(({ client_id }) => client_id)))
  endWithClient(provider, parts.records)
  addAccessTokenHash(provider)
  // Koa prints faults when nobody listens; whoever asked gets them as an answer with status 500.
  const emitter: EventEmitter = provider
  emitter.on('error', () => undefined)
  return provider
}

/**
 * oidc-provider compares with the registered list, and leaves a native client the port of a loopback address (RFC 8252
 * §7.3). That is right for clients that registered; of our own each takes every loopback address.
 */
function allowLoopback({ Client }: Provider, ownClients: ReadonlySet<string>): void {
  for (const name of ['redirectUriAllowed', 'postLogoutRedirectUriAllowed'] as const) {
    const registered = Client.prototype[name]
    Client.prototype[name] = function (this: typeof Client.prototype, value: string) {
      return ownClients.has(this.clientId) ? isLoopbackRedirectUri(value) : registered.call(this, value)
    }
  }
}
