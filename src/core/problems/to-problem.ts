import { problemOf, type Problem, type ProblemCode } from '../../contract/problem.ts'
import { causesOf } from './causes.ts'
import { ProblemError } from './problem-error.ts'

/** The codes openid-client and oauth4webapi give their refusals, and what each is called here. */
const libraryCodes: Record<string, ProblemCode> = {
  OAUTH_RESPONSE_BODY_ERROR: 'token-request-refused',
  OAUTH_WWW_AUTHENTICATE_CHALLENGE: 'token-request-refused',
  OAUTH_AUTHORIZATION_RESPONSE_ERROR: 'authorization-refused',
  OAUTH_PARSE_ERROR: 'response-not-json',
  OAUTH_RESPONSE_IS_NOT_JSON: 'response-not-json',
  OAUTH_RESPONSE_IS_NOT_CONFORM: 'response-unexpected',
  OAUTH_INVALID_RESPONSE: 'token-response-invalid',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'id-token-invalid',
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'id-token-invalid',
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: 'metadata-invalid',
  OAUTH_KEY_SELECTION_FAILED: 'id-token-invalid',
  OAUTH_MISSING_SERVER_METADATA: 'endpoint-missing',
  OAUTH_INVALID_SERVER_METADATA: 'metadata-invalid',
  OAUTH_UNSUPPORTED_OPERATION: 'response-unexpected',
  OAUTH_TIMEOUT: 'timeout',
  OAUTH_ABORT: 'cancelled',
}

/**
 * Turns whatever was thrown into a problem: the one place that knows foreign errors. A ProblemError inside, however
 * deep the library wrapped it, wins. What nobody foresaw is `internal`, with the error's name but not its text, which
 * might quote a secret.
 */
export function toProblem(error: unknown): Problem {
  const chain = [...causesOf(error)]
  for (const link of chain) if (link instanceof ProblemError) return link.problem
  // Of several errors of the libraries the innermost says what is wrong; openid-client's around it says only that.
  for (const link of chain.toReversed()) {
    const code = libraryCodes[String((link as { code?: unknown }).code)]
    if (code) return problemOf(code, sentenceOf(link))
  }
  const top = chain[0]
  if (chain.some((link) => (link as Error).name === 'AbortError')) return problemOf('cancelled', 'It was cancelled.')
  return problemOf(
    'internal',
    `Grantlab met an error it does not know: ${top instanceof Error ? top.name : typeof top}.`,
    {
      whatToDo: ['Please report this, with what you did just before.'],
    },
  )
}

/** The library's own sentence: they are fixed texts that quote no value. */
function sentenceOf(link: object): string {
  const message = link instanceof Error ? link.message : ''
  return message ? `${message[0]?.toUpperCase()}${message.slice(1)}.` : 'The library refused the answer.'
}
