import type { ClientRecord } from './client-record.ts'

/** A client that was registered from here, or whose registration was read here. Holds names of secrets, never values. */
export interface Registration {
  /** ours; names its secrets too */
  id: string
  /** false: only read here, registered by somebody else */
  isOwn: boolean
  vendor: string
  /** the authorization server's issuer, or the address of the management API where there is no issuer */
  issuer: string
  /** the profile it was made with; null without one */
  profile: string | null
  /** empty while the server's answer never came */
  client_id: string
  /** its name as asked for or as registered */
  title: string
  /** ISO time */
  registeredAt: string
  /**
   * `registered`: as far as known it is there; `unknown`: the answer never came, so nobody knows: look; `gone`: deleted
   * from here, or no longer known to the server
   */
  state: 'registered' | 'unknown' | 'gone'
  /** as the server last said it */
  client?: ClientRecord
  /** ISO time of that */
  readAt?: string
  /** name of the client secret in the vault */
  clientSecret?: string
  /** ISO time; absent: never, or not said */
  clientSecretExpiresAt?: string
  /** where it is managed, and the name of the registration access token in the vault (RFC 7592 §3) */
  management?: { registration_client_uri: string; token: string }
  /** profiles made of it */
  profiles: string[]
}
