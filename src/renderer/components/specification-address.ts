const openid: Record<string, string> = {
  'OpenID Connect Core': 'https://openid.net/specs/openid-connect-core-1_0.html',
  'OpenID Connect Discovery': 'https://openid.net/specs/openid-connect-discovery-1_0.html',
}

/** Where a specification named like `RFC 7636 §4.3` can be read; undefined when it is not known. */
export function specificationAddress(name: string): string | undefined {
  const rfc = /^RFC (\d+)(?: §([\d.]+))?$/.exec(name)
  if (rfc) return `https://www.rfc-editor.org/rfc/rfc${rfc[1]}.html${rfc[2] ? `#section-${rfc[2]}` : ''}`
  return Object.entries(openid).find(([start]) => name.startsWith(start))?.[1]
}
