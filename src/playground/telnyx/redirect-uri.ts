/** An http redirect URI on this machine: what stands before the port, the port, what stands after it. */
const loopbackPattern = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::\d{1,5})?([/?][!-~]*)?$/

/**
 * Whether a redirect URI is one of the registered ones: the very same text or, for http on this machine, the same text
 * but for the port. @see RFC 8252 §7.3
 */
export function isRegisteredRedirectUri(value: string, registered: readonly string[]): boolean {
  if (registered.includes(value)) return true
  const without = withoutPort(value)
  return without !== undefined && URL.canParse(value) && registered.some((uri) => withoutPort(uri) === without)
}

function withoutPort(value: string): string | undefined {
  const [, before, after = ''] = loopbackPattern.exec(value) ?? []
  return before === undefined ? undefined : before + after
}
