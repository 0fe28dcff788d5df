import type { NameValue } from '../../contract/json.ts'
import type { Found, FoundToken } from './found.ts'
import { tokenLabelOf } from './token-names.ts'

/** Tokens and other members of parameters in order, such as a query or a form. */
export function readPairs(pairs: readonly NameValue[]): Pick<Found, 'tokens' | 'members'> {
  const tokens: FoundToken[] = []
  const members: Found['members'] = []
  for (const [name, value] of pairs) {
    const label = tokenLabelOf(name, value)
    if (label) tokens.push({ value: value.trim(), label })
    else members.push({ name, value })
  }
  return { tokens, members }
}
