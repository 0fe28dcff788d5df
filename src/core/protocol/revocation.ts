import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import { isJsonObject } from '../../contract/json.ts'
import type { TracedResponse } from '../http/exchange.ts'
import type { RunContext } from '../runs/run-context.ts'
import type { TokenFamily } from '../vault/token-family.ts'
import { chooseClientAuth } from './choose-client-auth.ts'
import { endpointRefusal, withMethodsOf } from './endpoint-refusal.ts'
import { libraryFetch } from './library-options.ts'
import { hintFor, type TokenAskedAbout } from './token-asked-about.ts'
import { endpointOf } from './token-request.ts'

/** A token with whom to tell that it is no longer needed. */
export interface RevocationRequest {
  server: AuthorizationServer
  parameters: ParameterValues
  token: TokenAskedAbout
}

/**
 * Has the server revoke a token and answers its status: any of 2xx counts as done, whatever the token was. The kept
 * token of the same value is no longer used then; what the server leaves good stays.
 * @throws ProblemError revocation-refused, endpoint-missing, environment ones
 * @see RFC 7009 §2
 */
export async function revoke(context: RunContext, request: RevocationRequest): Promise<number> {
  const { server, parameters, token } = request
  endpointOf(server, 'revocation_endpoint')
  const { client, authenticate } = await chooseClientAuth(context, withMethodsOf(server, 'revocation'), parameters)
  const library = await import('oauth4webapi')
  const response = (await library.revocationRequest(server, client, authenticate, token.value, {
    [library.customFetch]: libraryFetch(context, server),
    [library.allowInsecureRequests]: true,
    additionalParameters: hintFor(token, parameters) as Record<string, string>,
  })) as TracedResponse
  const answer = context.lastAnswer('revocation')!
  // The library takes 200 only; other servers say the same by 204. Some refuse with 200.
  if (!response.ok || (isJsonObject(answer.json) && typeof answer.json.error === 'string')) {
    throw endpointRefusal('revocation', answer, response)
  }
  await forgetRevoked(context, token)
  return response.status
}

/** @see RFC 7009 §2.1 */
async function forgetRevoked(context: RunContext, { value }: TokenAskedAbout): Promise<void> {
  for (const { family, kind } of await context.tokens.markRevoked(value)) {
    if (kind === 'id_token') continue
    const [choice, reason] = kind === 'refresh_token' ? refreshEnded : accessEnded(family)
    context.decide({ subject: 'kept tokens', choice, reason, specification: 'RFC 7009 §2.1' })
  }
}

const refreshEnded = [
  'no longer refreshed',
  'The refresh token is revoked, so this grant brings no new tokens. Its access token stays kept: the server may have left it good until it ends.',
] as const

function accessEnded({ grant, tokens }: TokenFamily): readonly [string, string] {
  const rest = tokens.refresh_token
    ? 'The refresh token of the grant stays: the server may have left it good.'
    : grant === 'client-credentials'
      ? 'A new one is asked for when it is needed.'
      : 'The grant has no refresh token.'
  return ['the access token is no longer used', `It counts as ended. ${rest}`]
}
