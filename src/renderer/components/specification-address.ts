const others: Record<string, string> = {
  'OpenID Connect Core': 'https://openid.net/specs/openid-connect-core-1_0.html',
  'OpenID Connect Discovery': 'https://openid.net/specs/openid-connect-discovery-1_0.html',
  'OpenID RP-Initiated Logout': 'https://openid.net/specs/openid-connect-rpinitiated-1_0.html',
  'OpenID Front-Channel Logout': 'https://openid.net/specs/openid-connect-frontchannel-1_0.html',
  'OpenID Back-Channel Logout': 'https://openid.net/specs/openid-connect-backchannel-1_0.html',
  'OpenID Session Management': 'https://openid.net/specs/openid-connect-session-1_0.html',
  'OpenID Initiating User Registration': 'https://openid.net/specs/openid-connect-prompt-create-1_0.html',
  'OpenID CIBA': 'https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html',
  JARM: 'https://openid.net/specs/oauth-v2-jarm.html',
}

/** Where a specification named like `RFC 7636 §4.3` can be read; undefined when it is not known. */
export function specificationAddress(name: string): string | undefined {
  const rfc = /^RFC (\d+)(?: §([\d.]+)(?:, §[\d.]+)*)?$/.exec(name)
  if (rfc) return `https://www.rfc-editor.org/rfc/rfc${rfc[1]}.html${rfc[2] ? `#section-${rfc[2]}` : ''}`
  return Object.entries(others).find(([start]) => name.startsWith(start))?.[1]
}
