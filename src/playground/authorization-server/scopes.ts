/** Every scope of the playground with what it lets a client do, in words for the consent page. */
export const scopeWords: Record<string, string> = {
  openid: 'Know who you are',
  profile: 'See your name',
  email: 'See your email address',
  offline_access: 'Stay signed in',
  'api:read': 'Read from the playground API',
  'api:write': 'Write to the playground API',
}

/** All scopes, in the order in which they are shown. */
export const allScopes = Object.keys(scopeWords)

/** The scopes that mean something without a resource owner. */
export const clientScopes = ['api:read', 'api:write']

/** What a request without scope gets; the response names it. @see RFC 6749 §3.3 */
export const defaultScope = 'api:read'
