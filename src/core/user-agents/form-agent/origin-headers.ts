/** A navigation that a page started. */
export interface StartedNavigation {
  /** the page it was started on */
  from: URL
  /** that page's referrer policy, lower case; empty means the default */
  policy: string
  to: URL
}

/** Tells addresses that no network carries in clear: https, and http on this machine. */
export function isProtected(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}

/** Tells hosts of this machine. @see RFC 6761 §6.3 */
export function isLoopback({ hostname }: URL): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d+){3}$/.test(hostname)
  )
}

type Referrer = 'none' | 'origin' | 'whole'

const policies: Record<string, (same: boolean, downgrade: boolean) => Referrer> = {
  'no-referrer': () => 'none',
  'same-origin': (same) => (same ? 'whole' : 'none'),
  origin: () => 'origin',
  'strict-origin': (_same, downgrade) => (downgrade ? 'none' : 'origin'),
  'origin-when-cross-origin': (same) => (same ? 'whole' : 'origin'),
  'no-referrer-when-downgrade': (_same, downgrade) => (downgrade ? 'none' : 'whole'),
  'unsafe-url': () => 'whole',
  'strict-origin-when-cross-origin': (same, downgrade) => (same ? 'whole' : downgrade ? 'none' : 'origin'),
}

/** What a browser tells of the page a navigation came from. @see Referrer Policy §8.3 */
export function referrerOf({ from, policy, to }: StartedNavigation): string | undefined {
  const decide = policies[policy] ?? policies['strict-origin-when-cross-origin']
  const sent = decide?.(from.origin === to.origin, isProtected(from) && !isProtected(to)) ?? 'none'
  if (sent === 'none') return undefined
  return sent === 'origin' ? `${from.origin}/` : `${from.origin}${from.pathname}${from.search}`
}

/** The Origin header of a form's POST. @see Fetch Standard §3.2 "append a request Origin header" */
export function originOf({ from, policy, to }: StartedNavigation): string {
  const hides =
    policy === 'no-referrer' ||
    (policy === 'same-origin' && from.origin !== to.origin) ||
    (isProtected(from) && !isProtected(to) && !['origin', 'origin-when-cross-origin', 'unsafe-url'].includes(policy))
  return hides ? 'null' : from.origin
}
