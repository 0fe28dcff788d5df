import type { ClearRequest } from '../exchange.ts'
import { LearnedValues } from './learned-values.ts'

/** Characters of the shortest value that is looked for; shorter ones stand in too many words to be told from them. */
export const shortestCarried = 4

/** Headers that say where a message goes and what it is; the proxy's own credentials are for the proxy. */
const without = new Set([
  'host',
  'accept',
  'accept-encoding',
  'user-agent',
  'content-type',
  'content-length',
  'connection',
  'proxy-authorization',
])

/** Tells which of some values a request would carry away. */
export interface ValueFinder {
  /** those of the values that stand in address, headers or body, in any common encoding */
  carriedBy(request: ClearRequest): Set<string>
}

/** Creates a finder. It knows the encodings that the masker knows. */
export function createValueFinder(values: readonly string[]): ValueFinder {
  const known = new LearnedValues(shortestCarried)
  for (const value of values) known.learn(value, 'secret')
  return {
    carriedBy(request) {
      const found = textsOf(request).flatMap((text) => known.find(text))
      // SECURITY: a text that was given up as too slow to search may hold any of them.
      if (found.some(({ clear }) => clear === '')) return new Set(values)
      return new Set(found.map(({ clear }) => clear))
    },
  }
}

function textsOf({ url, headers, body }: ClearRequest): string[] {
  const { pathname, search, hash, username, password } = new URL(url)
  return [
    `${username} ${password} ${pathname}${search}${hash}`,
    ...headers.flatMap(([name, value]) => (without.has(name.toLowerCase()) ? [] : [`${name}: ${value}`])),
    ...(body ? [Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')] : []),
  ]
}
