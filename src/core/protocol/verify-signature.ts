import type { AuthorizationServer } from 'oauth4webapi'
import { decodeProtectedHeader } from 'jose/decode/protected_header'
import { decodeJwt } from 'jose/jwt/decode'
import { isJsonObject, type JsonObject } from '../../contract/json.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { toProblem } from '../problems/to-problem.ts'
import type { RunContext } from '../runs/run-context.ts'
import type { CodeAnswer } from './exchange-code.ts'
import { libraryFetch } from './library-options.ts'
import { hashFor } from './token-signature/expected-hashes.ts'

/** What an ID token came along with. */
export interface CodeGrant {
  server: AuthorizationServer
  answer: CodeAnswer
  nonce: string | null
  /** the code that was exchanged */
  code?: string | null
}

/**
 * Validates the ID token of a token answer: its claims were checked by the library, its signature is checked here with
 * the server's keys; nonce, at_hash and c_hash are proved for the screen. An answer without an ID token passes.
 * @throws ProblemError id-token-invalid
 * @see OpenID Connect Core §3.1.3.7
 */
export async function verifySignature(context: RunContext, { server, answer, nonce, code }: CodeGrant): Promise<void> {
  const token = context.lastAnswer('token')
  const json = token?.json
  if (!token || !isJsonObject(json) || typeof json.id_token !== 'string') return
  await proveClaims(context, {
    idToken: json.id_token,
    accessToken: json.access_token,
    nonce,
    code: code ?? undefined,
    exchange: token.exchange,
  })
  if (answer.idTokenProblem) throw new ProblemError({ ...answer.idTokenProblem.problem, exchange: token.exchange })
  await proveSignature(context, { server, answer, exchange: token.exchange })
}

interface Claims {
  idToken: string
  accessToken: unknown
  nonce: string | null
  code: string | undefined
  exchange: string
}

async function proveClaims(context: RunContext, { idToken, nonce, exchange, ...given }: Claims): Promise<void> {
  let header: JsonObject
  let claims: Record<string, unknown>
  try {
    header = decodeProtectedHeader(idToken) as JsonObject
    claims = decodeJwt(idToken)
  } catch {
    return
  }
  context.prove(
    { name: 'nonce.matches', holds: nonce === null ? null : claims.nonce === nonce, facts: { sent: nonce !== null } },
    exchange,
  )
  const sources = [
    ['atHash.matches', claims.at_hash, given.accessToken],
    ['cHash.matches', claims.c_hash, given.code],
  ] as const
  for (const [name, hash, source] of sources) {
    if (typeof hash !== 'string' || typeof source !== 'string') continue
    context.prove({ name, holds: (await hashFor(source, header)) === hash }, exchange)
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
