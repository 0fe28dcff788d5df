const wellKnown = '/.well-known/oauth-protected-resource'
const bareHost = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?$/

/** What a pasted text is as the address of an API. */
export interface ResourceAddress {
  address: string
  /** the text is the address of resource metadata, so nothing else can be meant */
  isMetadata: boolean
}

/**
 * Reads an API's address: an http or https address as it is, a host name with https before it, the address of resource
 * metadata as the resource it belongs to; undefined for anything else. @see RFC 9728 §3.1
 */
export function resourceAddressOf(text: string): ResourceAddress | undefined {
  const hasScheme = /^https?:\/\//i.test(text)
  const url = hasScheme || bareHost.test(text) ? URL.parse(hasScheme ? text : `https://${text}`) : null
  if (!url || url.username || url.password) return undefined
  url.hash = ''
  const isMetadata = `${url.pathname}/`.startsWith(`${wellKnown}/`)
  if (isMetadata) url.pathname = url.pathname.slice(wellKnown.length)
  return { address: isMetadata || !text.endsWith('/') ? withoutAddedSlash(url) : url.href, isMetadata }
}

/** An address without a path has no slash of its own: an identifier must be exactly what the API calls itself. */
function withoutAddedSlash({ pathname, search, origin, href }: URL): string {
  return pathname === '/' && !search ? origin : href
}
