import type { Json, JsonObject } from './json.ts'

/** A registered client in the words of RFC 7591 §2, whoever told of it; what a server did not say is absent. */
export interface ClientRecord {
  client_id: string
  client_name?: string
  /** RFC 6749 §2.1 */
  client_type?: 'public' | 'confidential'
  token_endpoint_auth_method?: string
  grant_types?: string[]
  response_types?: string[]
  redirect_uris?: string[]
  /** space separated; an empty text: none */
  scope?: string
  /** the server refuses authorization requests of this client without a code challenge */
  require_pkce?: boolean
  /** ISO times */
  created_at?: string
  updated_at?: string
  client_secret_expires_at?: string
  /** everything else as the server said it, secrets masked */
  further: JsonObject
}

/** What somebody allowed a client to do. */
export interface GrantRecord {
  id: string
  client_id: string
  /** the client's name, where it was looked up */
  client_name?: string
  scopes: string[]
  /** ISO times; null: never used */
  created_at?: string
  last_used_at?: string | null
  further: JsonObject
}

/** A decision that waits to be made about a client's request. */
export interface ConsentRecord {
  client_id?: string
  client_name?: string
  /** where the answer goes */
  redirect_uri?: string
  verified?: boolean
  scopes: { id: string; name?: string; description?: string }[]
  further: JsonObject
}

/** One row of a list that arrives page by page. */
export type ListRow = { kind: 'client'; client: ClientRecord } | { kind: 'grant'; grant: GrantRecord }

/** What a server registered beside what it was asked for, both in the server's own words, secrets masked. */
export interface RegisteredClient {
  /** `sent`: asked for now; `read`: only looked at */
  how: 'sent' | 'read'
  exchange: string
  /** the vendor's id */
  vendor: string
  /** the inventory's id; absent for a client that was not registered from here */
  registration?: string
  asked: JsonObject
  registered: JsonObject
  client: ClientRecord
  /** the secret that the vault keeps of it, by name */
  keptSecret?: string
  /** whether the server gave what is needed to manage the registration later (RFC 7592 §3) */
  isManageable: boolean
}

/** What is known of a run's client at the server, before anything is sent. */
export interface KnownRegistration {
  /** `read`: asked now; `remembered`: as it was when it was last seen */
  source: 'read' | 'remembered'
  /** ISO time */
  readAt: string
  vendor: string
  client: ClientRecord
}

/** One of several things that a run does the same to. */
export interface FinishedTarget {
  /** its id at the server */
  target: string
  /** its name, where one is known */
  title: string
  /** `absent`: it was gone before; `unknown`: nobody can tell whether it was done */
  outcome: 'done' | 'absent' | 'failed' | 'unknown'
}

/** The value of a member of client metadata as a list of texts. */
export function textsOfMember(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
