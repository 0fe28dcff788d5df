/** Two texts beside each other: what they have in common at both ends, and what differs between. */
export interface AlignedTexts {
  before: string
  wanted: string
  registered: string
  after: string
}

/** Aligns two texts character by character; each is `before`, its own middle and `after` put together. */
export function alignTexts(wanted: string, registered: string): AlignedTexts {
  // Whole characters: half of one cannot be shown.
  const [a, b] = [Array.from(wanted), Array.from(registered)]
  const most = Math.min(a.length, b.length)
  let start = 0
  while (start < most && a[start] === b[start]) start++
  let end = 0
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return {
    before: a.slice(0, start).join(''),
    wanted: a.slice(start, a.length - end).join(''),
    registered: b.slice(start, b.length - end).join(''),
    after: a.slice(a.length - end).join(''),
  }
}

/** A part of two addresses. */
export interface AlignedPart extends AlignedTexts {
  part: 'scheme' | 'host' | 'port' | 'path' | 'query'
}

/** As they are written: an address parser would put them right first. @see RFC 3986 Appendix B */
const partsOfAddress = /^([^:/?#]+:)?((?:\/\/)?(?:[^/?#]*@)?(?:\[[^\]/?#]*\]|[^:/?#]*))(:[^/?#]*)?([^?#]*)(.*)$/s
const names = ['scheme', 'host', 'port', 'path', 'query'] as const

/** Aligns two addresses part by part; a fragment stands with the query. All parts together are the whole addresses. */
export function alignAddresses(wanted: string, registered: string): AlignedPart[] {
  const [a, b] = [wanted, registered].map((address) => partsOfAddress.exec(address)?.slice(1) ?? [])
  return names.map((part, index) => ({ part, ...alignTexts(a?.[index] ?? '', b?.[index] ?? '') }))
}

/** Whether a part of two addresses is the same. */
export function isSame({ wanted, registered }: AlignedTexts): boolean {
  return wanted === '' && registered === ''
}
