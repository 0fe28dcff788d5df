/** `openid-configuration` stands after the issuer or before its path, `oauth-authorization-server` before its path. */
const metadataPath =
  /^(?<before>.*?)\/\.well-known\/(?:openid-configuration|oauth-authorization-server)(?<after>\/.*)?$/

/** How products build the path of an endpoint behind their issuer, most telling first: what is cut off, what takes its place. */
const endpointPaths: [RegExp, string][] = [
  // Keycloak: the protocol's endpoints and the sign-in pages below a realm.
  [/\/(?:protocol\/openid-connect|login-actions)\/.*$/, ''],
  // Microsoft Entra: the issuer of version 2.0 ends with it.
  [/\/oauth2\/v2\.0\/(?:authorize|token|logout|devicecode)$/, '/v2.0'],
  // Okta and others that count versions.
  [/\/oauth2\/v\d+\/(?:authorize|token|keys|userinfo|introspect|revoke|logout)$/, ''],
  [/\/v\d+\/(?:authorize|token|keys|userinfo|introspect|revoke|logout)$/, ''],
  // Google.
  [/\/o\/oauth2\/(?:v2\/)?auth(?:\/.*)?$/, ''],
  // Duende IdentityServer.
  [/\/connect\/(?:authorize|token|userinfo|introspect|revocation|endsession)(?:\/callback)?$/, ''],
  // PingFederate and its like.
  [/\/as\/(?:authorization|token)\.oauth2$/, ''],
  [/\/as\/(?:authorize|token|userinfo|jwks)$/, '/as'],
  // Salesforce, GitHub, and the plain ones.
  [/\/(?:services|login)\/oauth2?\/(?:authorize|token|access_token)$/, ''],
  [/\/(?:oauth2?|oidc|openid)(?:\/v\d+)?\/(?:authorize|auth|authorization|token|userinfo)$/, ''],
  [/\/(?:authorize|authorization|oauth2?)$/, ''],
  [/\/auth$/, ''],
]

/** The issuer whose metadata lies at this address; undefined when it is no such address. @see RFC 8414 §3 */
export function issuerOfMetadata(url: URL): string | undefined {
  const groups = metadataPath.exec(url.pathname)?.groups
  if (!groups) return undefined
  return `${url.origin}${groups.before ?? ''}${groups.after ?? ''}`
}

/** What the issuer of an endpoint probably is, by the paths that known products use; undefined for other paths. */
export function issuerOfEndpoint(url: URL): string | undefined {
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : url.pathname
  const found = endpointPaths.find(([pattern]) => pattern.test(path))
  return found && `${url.origin}${path.replace(found[0], found[1])}`
}
