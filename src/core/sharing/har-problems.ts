import { problemOf, type Problem, type ProblemCode } from '../../contract/problem.ts'
import type { Masker } from '../http/masking/create-masker.ts'
import type { ClassifiedEntry, EntryPurpose } from './classify-entry.ts'

const longestWord = 500

/** The refusal that an authorization response carries. @see RFC 6749 §4.1.2.1 */
export function redirectProblemOf(parameters: URLSearchParams, masker: Masker): Problem | undefined {
  const error = parameters.get('error')
  if (error === null) return undefined
  const oauth = oauthOf(error, parameters.get('error_description'), masker)
  return problemOf('authorization-refused', `The server answered ${wordsOf(oauth)}`, {
    oauth,
    specification: 'RFC 6749 §4.1.2.1',
    whatToDo: ['Look at the parameters of the authorization request.'],
  })
}

const refusals: Partial<Record<EntryPurpose, [code: ProblemCode, who: string, specification: string]>> = {
  token: ['token-request-refused', 'The token endpoint', 'RFC 6749 §5.2'],
  introspection: ['introspection-refused', 'The introspection endpoint', 'RFC 7662 §2.3'],
  revocation: ['revocation-refused', 'The revocation endpoint', 'RFC 7009 §2.2.1'],
  userinfo: ['resource-refused', 'The userinfo endpoint', 'OpenID Connect Core §5.3.3'],
  resource: ['resource-refused', 'The API', 'RFC 6750 §3.1'],
}

/** The refusal that an answer is. */
export function answerProblemOf(
  { purpose, entry: { response }, json }: ClassifiedEntry,
  exchange: string,
  masker: Masker,
): Problem | undefined {
  const refusal = refusals[purpose]
  if (!refusal || !response || response.status < 400) return undefined
  const [code, who, specification] = refusal
  const { status } = response
  const { error, error_description: described } = json ?? {}
  if (typeof error !== 'string')
    return problemOf(code, `${who} answered ${status}.`, { exchange, status, specification })
  const oauth = oauthOf(error, typeof described === 'string' ? described : null, masker)
  return problemOf(code, `${who} answered ${status} ${wordsOf(oauth)}`, { exchange, status, specification, oauth })
}

/** SECURITY: a server may say a secret in its error. */
function oauthOf(error: string, description: string | null, masker: Masker): NonNullable<Problem['oauth']> {
  const words = (text: string) => masker.maskText(text).slice(0, longestWord)
  return { error: words(error), ...(description ? { error_description: words(description) } : {}) }
}

function wordsOf({ error, error_description: description }: NonNullable<Problem['oauth']>): string {
  return description ? `${error}: ${description}` : `${error}.`
}
