import { createHash } from 'node:crypto'
import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import type { NameValue } from '../../contract/json.ts'
import type { RunContext } from '../runs/run-context.ts'
import { endpointOf } from './token-request.ts'

/** What ties an authorization response and its tokens to this run. Null: deliberately not sent. */
export interface Bindings {
  pkce: { method: 'S256' | 'plain'; verifier: string; challenge: string } | null
  state: string | null
  nonce: string | null
}

const bindingBytes = 32

/** Makes verifier, challenge, state and nonce. @see RFC 7636 §4.1, RFC 6749 §10.12, OpenID Connect Core §3.1.2.1 */
export function makeBindings(context: RunContext, parameters: ParameterValues): Bindings {
  const random = () => Buffer.from(context.random.bytes(bindingBytes)).toString('base64url')
  const wantsOpenId = String(parameters.scope ?? '')
    .split(' ')
    .includes('openid')
  const bindings: Bindings = {
    pkce: null,
    state: parameters.state === 'none' ? null : random(),
    nonce: parameters.nonce === 'none' || !wantsOpenId ? null : random(),
  }
  if (parameters.pkce === 'S256' || parameters.pkce === 'plain') {
    const verifier = random()
    context.learn(verifier)
    bindings.pkce = { method: parameters.pkce, verifier, challenge: challengeOf(parameters.pkce, verifier) }
  }
  const pkce = bindings.pkce ? `PKCE ${bindings.pkce.method}` : 'no PKCE'
  const sent = [pkce, bindings.state ? 'state' : 'no state', bindings.nonce ? 'nonce' : 'no nonce'].join(', ')
  context.decide({
    subject: 'bindings',
    choice: sent,
    reason: 'What ties the answer to this run.',
    specification: 'RFC 7636 §4',
  })
  return bindings
}

/** The challenge of a verifier. @see RFC 7636 §4.2 */
export function challengeOf(method: 'S256' | 'plain', verifier: string): string {
  return method === 'plain' ? verifier : createHash('sha256').update(verifier, 'ascii').digest('base64url')
}

const plainParameters = ['scope', 'prompt', 'login_hint', 'max_age', 'acr_values', 'audience'] as const

/**
 * The authorization request's address. A query that the endpoint already has is kept.
 * @throws ProblemError endpoint-missing, metadata-invalid
 * @see RFC 6749 §4.1.1
 */
export function buildAuthorizationUrl(
  server: AuthorizationServer,
  parameters: ParameterValues,
  { bindings, redirectUri }: { bindings: Bindings; redirectUri: string },
): URL {
  const url = endpointOf(server, 'authorization_endpoint')
  const query = url.searchParams
  const fixed = { client_id: parameters.client_id, response_type: 'code', redirect_uri: redirectUri }
  const chosen = Object.fromEntries(plainParameters.map((name) => [name, parameters[name]]))
  for (const [name, value] of Object.entries({ ...fixed, ...chosen, ...wireBindings(bindings) })) {
    if (value !== undefined && value !== null) query.set(name, String(value))
  }
  for (const resource of (parameters.resource as string[] | undefined) ?? []) query.append('resource', resource)
  for (const [name, value] of (parameters.authorization_parameters as NameValue[] | undefined) ?? []) {
    query.append(name, value)
  }
  return url
}

function wireBindings({ state, nonce, pkce }: Bindings) {
  return { state, nonce, code_challenge: pkce?.challenge, code_challenge_method: pkce?.method }
}
