import type { ClientAuth } from 'oauth4webapi'
import type { ChoiceListEntry } from '../../contract/description.ts'

/** A client authentication method (RFC 6749 §2.3, RFC 7591 §2 `token_endpoint_auth_method`). */
export interface ClientAuthMethod extends ChoiceListEntry {
  /** the value in metadata and registrations that this method serves */
  registeredAs: string
  /** whether it needs `client_secret` */
  needsSecret: boolean
  /** Answers the function that puts the credentials into a token request. */
  load(secret: string): Promise<ClientAuth>
}
