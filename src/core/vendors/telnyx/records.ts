import {
  type ClientRecord,
  type ConsentRecord,
  type GrantRecord,
  textsOfMember,
} from '../../../contract/client-record.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../contract/json.ts'
import { bounded } from '../../protocol/bounded.ts'

type Members = Record<string, unknown>

const text = (from: JsonObject, member: string, name = member): Members =>
  typeof from[member] === 'string' ? { [name]: from[member] } : {}
const truth = (from: JsonObject, member: string): Members =>
  typeof from[member] === 'boolean' ? { [member]: from[member] } : {}

/** What has no name of its own in a record; never a secret. */
function furtherOf(from: JsonObject, named: ReadonlySet<string>): JsonObject {
  return bounded(Object.fromEntries(Object.entries(from).filter(([name]) => !named.has(name)))) as JsonObject
}

const ofClient = new Set([
  'client_id',
  'name',
  'client_type',
  'allowed_grant_types',
  'redirect_uris',
  'allowed_scopes',
  'require_pkce',
  'created_at',
  'updated_at',
  'client_secret',
])

/** A client as Telnyx tells of it, in the words of RFC 7591; undefined for what has no id. */
export function clientRecordOf(value: Json | undefined): ClientRecord | undefined {
  if (!isJsonObject(value) || typeof value.client_id !== 'string' || value.client_id === '') return undefined
  const { client_type: type, allowed_grant_types: grants, redirect_uris: uris, allowed_scopes: scopes } = value
  return {
    client_id: value.client_id,
    ...text(value, 'name', 'client_name'),
    ...(type === 'public' || type === 'confidential' ? { client_type: type } : {}),
    // A public client has nothing to prove itself with; how a confidential one does is its own choice.
    ...(type === 'public' ? { token_endpoint_auth_method: 'none' } : {}),
    ...(Array.isArray(grants) ? { grant_types: textsOfMember(grants) } : {}),
    ...(Array.isArray(uris) ? { redirect_uris: textsOfMember(uris) } : {}),
    ...(Array.isArray(scopes) ? { scope: textsOfMember(scopes).join(' ') } : {}),
    ...truth(value, 'require_pkce'),
    ...text(value, 'created_at'),
    ...text(value, 'updated_at'),
    further: furtherOf(value, ofClient),
  }
}

const ofGrant = new Set(['id', 'client_id', 'scopes', 'created_at', 'last_used_at'])

/** A grant as Telnyx tells of it; undefined for what has no id. */
export function grantRecordOf(value: Json | undefined): GrantRecord | undefined {
  if (!isJsonObject(value) || typeof value.id !== 'string' || value.id === '') return undefined
  return {
    id: value.id,
    client_id: typeof value.client_id === 'string' ? value.client_id : '',
    scopes: textsOfMember(value.scopes),
    ...text(value, 'created_at'),
    ...(value.last_used_at === null ? { last_used_at: null } : text(value, 'last_used_at')),
    further: furtherOf(value, ofGrant),
  }
}

const ofConsent = new Set(['client_id', 'name', 'redirect_uri', 'verified', 'requested_scopes'])

/** What a consent token stands for; undefined for what is no object. */
export function consentRecordOf(value: Json | undefined): ConsentRecord | undefined {
  if (!isJsonObject(value)) return undefined
  const scopes = Array.isArray(value.requested_scopes) ? value.requested_scopes : []
  return {
    ...text(value, 'client_id'),
    ...text(value, 'name', 'client_name'),
    ...text(value, 'redirect_uri'),
    ...truth(value, 'verified'),
    scopes: scopes.flatMap((scope) => {
      if (typeof scope === 'string') return [{ id: scope }]
      if (!isJsonObject(scope) || typeof scope.id !== 'string') return []
      return [{ id: scope.id, ...text(scope, 'name'), ...text(scope, 'description') }]
    }),
    further: furtherOf(value, ofConsent),
  }
}
