import type { Json } from '../../../contract/json.ts'

/** A client authentication method with the reason for it. */
export interface ClientAuthProposal {
  method: string
  reason: string
}

/**
 * Proposes how a client proves who it is, from whether it has a secret and what the metadata lists.
 * @see RFC 8414 §2 token_endpoint_auth_methods_supported: left out, it means client_secret_basic
 */
export function proposeClientAuth(hasSecret: boolean, listed: Json | undefined): ClientAuthProposal {
  if (!hasSecret) return { method: 'none', reason: 'Without a secret the client is public and sends its id only.' }
  if (!Array.isArray(listed)) {
    return { method: 'client_secret_basic', reason: 'The server lists no method, which means this one (RFC 8414 §2).' }
  }
  const method = ['client_secret_basic', 'client_secret_post'].find((one) => listed.includes(one))
  if (method) return { method, reason: 'The server lists it.' }
  return { method: 'auto', reason: 'The server lists no method with a secret; the run says what it takes.' }
}

/** Methods that are no matter of what a server lists. */
const always = ['auto', 'none']

/** Why a server does not take a method, by method; nothing is said where the metadata lists none. @see RFC 8414 §2 */
export function refusedMethods(methods: readonly string[], listed: Json | undefined): Record<string, string> {
  if (!Array.isArray(listed)) return {}
  const refused = methods.filter((method) => !always.includes(method) && !listed.includes(method))
  return Object.fromEntries(refused.map((method) => [method, 'not listed by the server']))
}
