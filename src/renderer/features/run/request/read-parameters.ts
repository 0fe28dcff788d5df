import type { BodyReference } from '../../../../contract/http.ts'
import type { NameValue } from '../../../../contract/json.ts'

/** The parameters in the query of an address, decoded, in order. */
export function readQuery(address: string): NameValue[] {
  // A mask holds `#`, so a fragment is told from it by what goes before.
  const query = /^[^?#]*\?(.*)$/s.exec(address)?.[1]
  return query === undefined ? [] : pairsOf(query)
}

/** The parameters of a form body, decoded, in order; none when the body is no form or too long to stand in the event. */
export function readForm(body: BodyReference | undefined): NameValue[] {
  const isForm = body?.mediaType === 'application/x-www-form-urlencoded'
  return isForm && body.inline ? pairsOf(body.inline) : []
}

function pairsOf(text: string): NameValue[] {
  return text
    .split('&')
    .filter(Boolean)
    .map((pair): NameValue => {
      const at = pair.indexOf('=')
      return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))]
    })
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
