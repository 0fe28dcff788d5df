import type { EventEmitter } from 'node:events'
import Provider from 'oidc-provider'
import { addAccessTokenHash } from './at-hash.ts'
import { buildConfiguration, type ServerParts } from './configuration.ts'
import { isLoopbackRedirectUri } from './loopback-redirect.ts'

/** The authorization server: oidc-provider as configured, with loopback redirect URIs and `at_hash`. */
export function createProvider(parts: ServerParts): Provider {
  const provider = new Provider(parts.issuer, buildConfiguration(parts))
  // oidc-provider compares with the registered list; here every loopback address counts as registered.
  provider.Client.prototype.redirectUriAllowed = isLoopbackRedirectUri
  provider.Client.prototype.postLogoutRedirectUriAllowed = isLoopbackRedirectUri
  addAccessTokenHash(provider)
  // Koa prints faults when nobody listens; whoever asked gets them as an answer with status 500.
  const emitter: EventEmitter = provider
  emitter.on('error', () => undefined)
  return provider
}
