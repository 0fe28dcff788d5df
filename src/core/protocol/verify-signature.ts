import type { AuthorizationServer } from 'oauth4webapi'
import { decodeProtectedHeader } from 'jose/decode/protected_header'
import { decodeJwt } from 'jose/jwt/decode'
import { isJsonObject } from '../../contract/json.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { toProblem } from '../problems/to-problem.ts'
import type { RunContext } from '../runs/run-context.ts'
import type { CodeAnswer } from './exchange-code.ts'
import { libraryFetch } from './library-options.ts'

/**
 * Validates the ID token of a token answer: its claims were checked by the library, its signature is checked here with
 * the server's keys; nonce and at_hash are proved for the screen. An answer without an ID token passes.
 * @throws ProblemError id-token-invalid
 * @see OpenID Connect Core §3.1.3.7
 */
export async function verifySignature(
  context: RunContext,
  { server, answer, nonce }: { server: AuthorizationServer; answer: CodeAnswer; nonce: string | null },
): Promise<void> {
  const token = context.lastAnswer('token')
  const json = token?.json
  if (!token || !isJsonObject(json) || typeof json.id_token !== 'string') return
  await proveClaims(context, {
    idToken: json.id_token,
    accessToken: json.access_token,
    nonce,
    exchange: token.exchange,
  })
  if (answer.idTokenProblem) throw new ProblemError({ ...answer.idTokenProblem.problem, exchange: token.exchange })
  await proveSignature(context, { server, answer, exchange: token.exchange })
}

interface Claims {
  idToken: string
  accessToken: unknown
  nonce: string | null
  exchange: string
}

async function proveClaims(context: RunContext, { idToken, accessToken, nonce, exchange }: Claims): Promise<void> {
  let alg: string | undefined
  let claims: Record<string, unknown>
  try {
    alg = decodeProtectedHeader(idToken).alg
    claims = decodeJwt(idToken)
  } catch {
    return
  }
  context.prove(
    { name: 'nonce.matches', holds: nonce === null ? null : claims.nonce === nonce, facts: { sent: nonce !== null } },
    exchange,
  )
  if (typeof claims.at_hash === 'string' && typeof accessToken === 'string') {
    const holds = await isHashOf(claims.at_hash, accessToken, alg ?? '')
    context.prove({ name: 'atHash.matches', holds }, exchange)
  }
}

type ValidateHash = (
  ...call: [names: { claim: string; source: string }, actual: string, source: string, alg: string]
) => void

/** Whether `at_hash` belongs to the access token. @see OpenID Connect Core §3.1.3.6 */
async function isHashOf(hash: string, accessToken: string, alg: string): Promise<boolean> {
  // @ts-expect-error: the package comes without types
  const { validate } = (await import('oidc-token-hash')) as { validate: ValidateHash }
  try {
    validate({ claim: 'at_hash', source: 'access_token' }, hash, accessToken, alg)
    return true
  } catch {
    return false
  }
}

interface Signed {
  server: AuthorizationServer
  answer: CodeAnswer
  exchange: string
}

async function proveSignature(context: RunContext, { server, answer, exchange }: Signed): Promise<void> {
  const library = await import('oauth4webapi')
  try {
    await library.validateApplicationLevelSignature(server, answer.response, {
      [library.customFetch]: libraryFetch(context, server),
      [library.allowInsecureRequests]: true,
    })
    context.prove({ name: 'signature.verified', holds: true }, exchange)
  } catch (error) {
    const found = toProblem(error)
    context.prove({ name: 'signature.verified', holds: false, facts: { why: found.detail } }, exchange)
    const code = found.code === 'internal' || found.code === 'token-response-invalid' ? 'id-token-invalid' : found.code
    throw new ProblemError(
      { ...found, code, exchange, specification: found.specification ?? 'OpenID Connect Core §3.1.3.7' },
      error,
    )
  }
}
