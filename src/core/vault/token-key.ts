/** Everything a token was got for. A token never turns up for another of these. */
export interface TokenKey {
  /**
   * whose profile it is: real path of the workspace folder, `workspace` for the data folder's own, which may move with
   * it; empty without a profile and for the built-in one; undefined in records from before it was written
   */
  workspace: string | undefined
  /** null: without a profile */
  profile: string | null
  issuer: string
  client_id: string
  /** empty where the grant has none */
  redirect_uri: string
  /** the scope asked for; compared as a set of words */
  scope: string
  /** resource indicators asked for (RFC 8707); compared as a set */
  resource: readonly string[]
  /** the test user or subject; empty for the client itself */
  user: string
  /** thumbprint of the key that the token is bound to; empty for a bearer token */
  keyBinding: string
}

/** SECURITY: two workspaces may each have a profile of one name, and neither gets the tokens of the other. */
export function isOfWorkspace(key: TokenKey, workspace: string): boolean {
  return key.workspace === undefined || key.workspace === workspace
}

/** The words of a scope, each once, in a fixed order. Scope is a set: order and repetition mean nothing (RFC 6749 §3.3). */
export function scopeWords(scope: string): string[] {
  return [...new Set(scope.split(' ').filter((word) => word !== ''))].sort()
}

/** One text per key: equal for keys that mean the same, different for all others. */
export function identityOf(key: TokenKey): string {
  return JSON.stringify([
    key.workspace,
    key.profile,
    key.issuer,
    key.client_id,
    key.redirect_uri,
    scopeWords(key.scope),
    [...new Set(key.resource)].sort(),
    key.user,
    key.keyBinding,
  ])
}
