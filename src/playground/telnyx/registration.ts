import { json, type Answer } from './answer.ts'
import {
  anyText,
  authMethod,
  grantTypeList,
  issuesOf,
  redirectUriList,
  scopeIssues,
  text,
  webAddress,
  type Checks,
} from './check-fields.ts'
import type { ClientFields, ClientStore, OAuthClient } from './client-store.ts'
import type { Issue } from './api-error.ts'
import { scopesSupported } from './scopes.ts'
import type { TelnyxSwitches } from './switches.ts'

const checks: Checks = {
  redirect_uris: redirectUriList,
  client_name: text,
  grant_types: grantTypeList,
  response_types: (value) =>
    Array.isArray(value) && value.every((item) => item === 'code') ? undefined : 'must be a list of code',
  scope: anyText,
  token_endpoint_auth_method: authMethod,
  logo_uri: webAddress,
  tos_uri: webAddress,
  policy_uri: webAddress,
}

/** The metadata of a client that registers itself. @see RFC 7591 §2 */
interface RegistrationRequest {
  redirect_uris: string[]
  client_name?: string
  grant_types: OAuthClient['allowed_grant_types']
  response_types: 'code'[]
  scope: string
  token_endpoint_auth_method: OAuthClient['token_endpoint_auth_method']
  logo_uri?: string
  tos_uri?: string
  policy_uri?: string
}

/** What a client gets that does not say. */
const defaults = {
  redirect_uris: [],
  grant_types: ['authorization_code'],
  response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_basic',
}

/** Registers a client that names itself, without any authorization. @see RFC 7591 §3 */
export function register(body: Record<string, unknown>, clients: ClientStore, switches: TelnyxSwitches): Answer {
  const scopes = typeof body['scope'] === 'string' ? body['scope'].split(' ').filter(Boolean) : undefined
  const issues = [...issuesOf(body, checks), ...scopeIssues('/scope', scopes, switches)]
  if (issues.length > 0) return refusal(issues)
  const asked = { ...defaults, scope: scopesSupported(switches).join(' '), ...body } as RegistrationRequest
  const { token_endpoint_auth_method } = asked
  const client = clients.create(fieldsOf(asked), { token_endpoint_auth_method })
  return json(201, registrationOf(client, asked), { 'cache-control': 'no-store' })
}

function fieldsOf(asked: RegistrationRequest): ClientFields {
  return {
    name: asked.client_name ?? 'Registered by itself',
    allowed_scopes: asked.scope.split(' ').filter(Boolean),
    client_type: asked.token_endpoint_auth_method === 'none' ? 'public' : 'confidential',
    allowed_grant_types: asked.grant_types,
    redirect_uris: asked.redirect_uris,
    require_pkce: false,
    logo_uri: asked.logo_uri ?? null,
    tos_uri: asked.tos_uri ?? null,
    policy_uri: asked.policy_uri ?? null,
  }
}

/** What was registered: nothing is null, and what was not said and has no default is not there. */
function registrationOf(client: OAuthClient, asked: RegistrationRequest): Record<string, unknown> {
  const { client_name, response_types, logo_uri, tos_uri, policy_uri } = asked
  return {
    client_id: client.client_id,
    client_id_issued_at: Math.floor(Date.parse(client.created_at) / 1000),
    client_secret: client.client_secret,
    client_name,
    redirect_uris: client.redirect_uris,
    grant_types: client.allowed_grant_types,
    response_types,
    scope: client.allowed_scopes.join(' '),
    token_endpoint_auth_method: client.token_endpoint_auth_method,
    logo_uri,
    tos_uri,
    policy_uri,
  }
}

function refusal(issues: Issue[]): Answer {
  const fields: Record<string, string[]> = {}
  for (const { detail, source } of issues) {
    const name = source && 'pointer' in source ? source.pointer.slice(1) : ''
    ;(fields[name] ??= []).push(detail)
  }
  const error_description = issues.map(({ detail }) => detail).join(' ')
  return json(400, { error: 'invalid_client_metadata', error_description, invalid_fields: fields })
}
