import { isJsonObject } from '../../../../contract/json.ts'
import type { Run } from '../../../../contract/run.ts'

/** Whether a run brought something else than tokens, metadata or an API's answer: rows, targets, a registration, facts. */
export function hasAnswers(run: Run): boolean {
  const { pages, targets, registered, pauses, tokens, metadata, result } = run
  if (pages.length + targets.length + registered.length + pauses.length > 0 || isEarlierTry(run)) return true
  const isReading = metadata.length > 0 && !isIntrospection(run) && !isRevocation(run)
  return tokens.length === 0 && !isReading && isJsonObject(result)
}

/** Whether a run asked a server about a token. @see RFC 7662 */
export function isIntrospection({ exchanges }: Pick<Run, 'exchanges'>): boolean {
  return exchanges.some(({ purpose }) => purpose === 'introspection')
}

/** Whether a run sent a replaced refresh token on purpose. @see RFC 9700 §4.14.2 */
export function isEarlierTry({ proofs }: Pick<Run, 'proofs'>): boolean {
  return proofs.some(({ name }) => name === 'refresh.reuseRefused')
}

/** Whether a run gave a token back. @see RFC 7009 */
export function isRevocation({ exchanges }: Pick<Run, 'exchanges'>): boolean {
  return exchanges.some(({ purpose }) => purpose === 'revocation')
}
