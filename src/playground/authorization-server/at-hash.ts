import type Provider from 'oidc-provider'

type Saves = { save: (ttl?: number) => Promise<string> }

/**
 * Makes ID tokens from the token endpoint carry `at_hash`. It is optional there (OpenID Connect Core 1.0 §3.1.3.6) and
 * oidc-provider leaves it out, but a client under test should have one to check.
 */
export function addAccessTokenHash(provider: Provider): void {
  const values = new WeakMap<object, string>()
  const accessToken = provider.AccessToken.prototype as unknown as Saves
  const idToken = provider.IdToken.prototype
  const { save } = accessToken
  const { issue } = idToken

  accessToken.save = async function (this: Saves, ttl?: number) {
    const value = await save.call(this, ttl)
    values.set(this, value)
    return value
  }
  idToken.issue = function (this: typeof idToken, ...args: Parameters<typeof issue>) {
    const issued = this.ctx?.oidc.entities.AccessToken
    const value = issued && values.get(issued)
    // The server hashes the value under this name when it signs.
    if (value !== undefined) this.set('at_hash', value)
    return issue.apply(this, args)
  }
}
