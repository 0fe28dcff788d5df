import type { TokenKind } from '../../contract/token-kind.ts'

/** Tokens in clear, with the wire's names. */
export interface KeptTokens {
  access_token?: string | undefined
  id_token?: string | undefined
  refresh_token?: string | undefined
  token_type?: string | undefined
  /** as granted; absent: as asked for (RFC 6749 §5.1) */
  scope?: string | undefined
  /** ISO time at which the access token ends */
  expiresAt?: string | undefined
  /** origin of the token endpoint that gave them: the refresh token goes nowhere else */
  issuedAt?: string | undefined
  /** digest of the connection of the profile they came over; another one in the profile's file is asked about first */
  connection?: string | undefined
  /** the run that brought them */
  runId?: string | undefined
}

/** The kinds of token that have a value of their own. */
export const tokenKinds: readonly TokenKind[] = ['access_token', 'id_token', 'refresh_token']
