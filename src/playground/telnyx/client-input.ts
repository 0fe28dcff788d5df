import { ApiError, invalidField, type Issue } from './api-error.ts'
import {
  grantTypeList,
  issuesOf,
  oneOf,
  pointerOf,
  redirectUriList,
  scopeIssues,
  text,
  texts,
  truth,
  webAddress,
  type Checks,
} from './check-fields.ts'
import type { ClientFields, OAuthClient } from './client-store.ts'
import type { TelnyxSwitches } from './switches.ts'

const updateChecks: Checks = {
  name: text,
  allowed_scopes: texts,
  allowed_grant_types: grantTypeList,
  redirect_uris: redirectUriList,
  require_pkce: truth,
  logo_uri: webAddress,
  tos_uri: webAddress,
  policy_uri: webAddress,
}

const createChecks: Checks = { ...updateChecks, client_type: oneOf(['public', 'confidential']) }

const required = ['name', 'allowed_scopes', 'client_type', 'allowed_grant_types'] as const
type RequiredField = (typeof required)[number]

const unset = { redirect_uris: [], require_pkce: false, logo_uri: null, tos_uri: null, policy_uri: null }

/**
 * The fields of a client to create.
 * @throws ApiError that has every issue with its pointer: 422, or what the switch says when only fields are missing.
 */
export function readNewClient(body: Record<string, unknown>, switches: TelnyxSwitches): ClientFields {
  const missing = required
    .filter((name) => body[name] === undefined)
    .map((name): Issue => ({ code: '10004', detail: `${name} is missing.`, source: { pointer: pointerOf(name) } }))
  const wrong = [...issuesOf(body, createChecks), ...scopeIssues('/allowed_scopes', body['allowed_scopes'], switches)]
  if (missing.length > 0 && wrong.length === 0) throw new ApiError(switches.missing_field_status, missing)
  refuse([...missing, ...wrong])
  const fields = { ...unset, ...(body as Pick<ClientFields, RequiredField>) }
  refuse(togetherIssues(fields))
  return fields
}

/**
 * The fields of a client that an update changes; what it does not name stays.
 * @throws ApiError 422 that has every issue with its pointer.
 */
export function readClientChanges(
  body: Record<string, unknown>,
  client: OAuthClient,
  switches: TelnyxSwitches,
): Partial<ClientFields> {
  refuse([...issuesOf(body, updateChecks), ...scopeIssues('/allowed_scopes', body['allowed_scopes'], switches)])
  const changes: Partial<ClientFields> = body
  refuse(togetherIssues({ ...client, ...changes }))
  return changes
}

/** What the fields must be together. */
function togetherIssues({ allowed_grant_types, redirect_uris }: ClientFields): Issue[] {
  if (!allowed_grant_types.includes('authorization_code') || redirect_uris.length > 0) return []
  return [invalidField('/redirect_uris', 'redirect_uris are required for authorization_code.')]
}

function refuse(issues: Issue[]): void {
  if (issues.length > 0) throw new ApiError(422, issues)
}
