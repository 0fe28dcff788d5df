/** A place where an authorization server's metadata may lie. */
export interface MetadataLocation {
  url: string
  /** which specification puts it there */
  specification: string
}

/**
 * Every location the specifications allow for an issuer, the most usual first: OpenID Connect appends its suffix to the
 * issuer, RFC 8414 inserts it between host and path; both documents exist in the other place in the wild.
 * @see OpenID Connect Discovery 1.0 §4, RFC 8414 §3
 */
export function metadataLocations(issuer: string): MetadataLocation[] {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  const appended = `${origin}${path}/.well-known`
  const inserted = (suffix: string) => `${origin}/.well-known/${suffix}${path}`
  const locations = [
    { url: `${appended}/openid-configuration`, specification: 'OpenID Connect Discovery 1.0 §4' },
    { url: inserted('oauth-authorization-server'), specification: 'RFC 8414 §3' },
    { url: inserted('openid-configuration'), specification: 'RFC 8414 §5' },
    { url: `${appended}/oauth-authorization-server`, specification: 'not specified, seen in the wild' },
  ]
  return locations.filter(({ url }, index) => locations.findIndex((other) => other.url === url) === index)
}
