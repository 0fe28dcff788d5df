import type { JsonObject } from '../../contract/json.ts'
import type { FoundToken } from './found.ts'
import { isTokenText, type ReadSegment } from './read-segments.ts'

/** The token within a token: the payload itself, or the first claim that is one. @see RFC 7519 §5.2, §3 */
export function innerTokenOf(payload: ReadSegment | undefined, claims: JsonObject): FoundToken | undefined {
  if (payload?.text !== undefined && !payload.isJson && isTokenText(payload.text)) {
    return { value: payload.text.trim(), label: '' }
  }
  for (const [name, value] of Object.entries(claims)) {
    if (typeof value === 'string' && value.length >= 20 && isTokenText(value))
      return { value: value.trim(), label: name.slice(0, 80) }
  }
  return undefined
}
