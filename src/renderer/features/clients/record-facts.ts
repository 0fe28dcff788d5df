import type { ClientRecord, GrantRecord } from '../../../contract/client-record.ts'
import type { Json, JsonObject } from '../../../contract/json.ts'

/** A line of a detail: values, or a moment. */
export interface Fact {
  name: string
  values: readonly string[]
  /** milliseconds since 1970 */
  at?: number
  /** what stands there without a value */
  empty?: string
  /** the name comes from the wire */
  isWire?: boolean
  /** what the name means, for who does not know it */
  hint?: string
}

/** The words of the specifications, for whoever meets them for the first time. */
export const hints = {
  type: 'A public client runs at its users and has no secret; a confidential one keeps a secret at a place of its own.',
  authentication: 'How the client proves who it is where it asks for tokens.',
  grantTypes: 'The ways in which the client may get tokens.',
  redirectUris: 'Where the server may send answers; compared character by character.',
  scope: 'What the client may ask for.',
  pkce: 'Whether each sign-in must be tied to the program that began it, by a code challenge.',
  grant: 'What somebody allowed this client to do.',
}

const words = (text: string | undefined) => text?.split(' ').filter(Boolean) ?? []
const one = (text: string | undefined) => (text === undefined || text === '' ? [] : [text])

/** Everything that is known of a client, in the words of RFC 7591 §2. */
export function factsOfClient(client: ClientRecord): Fact[] {
  const { client_type: type, require_pkce: pkce } = client
  return [
    { name: 'Type', values: one(type), hint: hints.type },
    { name: 'Authentication', values: one(client.token_endpoint_auth_method), hint: hints.authentication },
    { name: 'Grant types', values: client.grant_types ?? [], hint: hints.grantTypes },
    { name: 'Redirect URIs', values: client.redirect_uris ?? [], empty: 'none', hint: hints.redirectUris },
    { name: 'Scope', values: words(client.scope), empty: client.scope === '' ? 'none' : 'not said', hint: hints.scope },
    { name: 'PKCE', values: pkce === undefined ? [] : [pkce ? 'required' : 'not required'], hint: hints.pkce },
    ...(client.response_types ? [{ name: 'Response types', values: client.response_types }] : []),
    ...momentFact('Secret expires', client.client_secret_expires_at),
    ...momentFact('Created', client.created_at),
    ...momentFact('Changed', client.updated_at),
  ]
}

/** Everything that is known of a grant but its client. */
export function factsOfGrant(grant: GrantRecord): Fact[] {
  return [
    { name: 'Scopes', values: grant.scopes, empty: 'none' },
    ...momentFact('Allowed', grant.created_at),
    ...(grant.last_used_at ? momentFact('Last used', grant.last_used_at) : [unused(grant)]),
  ]
}

const unused = ({ last_used_at: at }: GrantRecord): Fact => ({
  name: 'Last used',
  values: [],
  empty: at === null ? 'never' : 'not said',
})

/** What a server says beyond the words of the specification. */
export function furtherFacts(further: JsonObject): Fact[] {
  return Object.entries(further).map(([name, value]) => ({
    name,
    values: valuesOf(value),
    isWire: true,
    empty: 'none',
  }))
}

function valuesOf(value: Json): string[] {
  if (value === null || value === '') return []
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
  return [typeof value === 'string' ? value : JSON.stringify(value)]
}

/** A moment, or the text that was meant to be one. */
function momentFact(name: string, time: string | undefined): Fact[] {
  if (time === undefined) return []
  const at = Date.parse(time)
  return [Number.isNaN(at) ? { name, values: [time] } : { name, values: [], at }]
}
