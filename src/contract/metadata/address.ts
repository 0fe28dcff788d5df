/** What a text in metadata is as an address. */
export interface AddressFacts {
  url: URL
  /** https, or http on this machine */
  isSecure: boolean
}

/** Reads an absolute address; undefined for anything else. Nothing but http and https is ever asked or opened. */
export function readHttpAddress(value: unknown): AddressFacts | undefined {
  const url = typeof value === 'string' ? URL.parse(value) : null
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  return { url, isSecure: url.protocol === 'https:' || isLoopbackHost(url.hostname) }
}

/** 127.0.0.0/8, ::1, localhost and names under it. @see RFC 8252 §7.3, RFC 6761 §6.3 */
export function isLoopbackHost(hostname: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:.+\.)?localhost\.?)$/i.test(hostname)
}

/** An issuer for many tenants at once, such as `https://login.example/{tenantid}/v2.0`. */
export function isIssuerTemplate(issuer: unknown): issuer is string {
  return typeof issuer === 'string' && /\{[A-Za-z_]{1,40}\}/.test(issuer)
}

/** Names under which metadata, or a person, gives the address of an endpoint or of the keys. @see RFC 8414 §2 */
export function isEndpointName(name: string): boolean {
  return /_endpoint$|^jwks_uri$/.test(name)
}
