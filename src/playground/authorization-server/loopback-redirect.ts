const loopbackHosts = new Set(['127.0.0.1', '[::1]', 'localhost'])

/**
 * Whether a redirect URI is http on this machine's loopback, whatever its port, path and query.
 * SECURITY: codes go there; any other host, a user part or a fragment (RFC 6749 §3.1.2) must be refused.
 * @see RFC 8252 §7.3
 */
export function isLoopbackRedirectUri(value: string): boolean {
  const url = URL.parse(value)
  if (!url || url.protocol !== 'http:' || value.includes('#')) return false
  return url.username === '' && url.password === '' && loopbackHosts.has(url.hostname)
}
