import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { chooseClientAuth } from '../../../protocol/choose-client-auth.ts'
import { configureClient } from '../../../protocol/configure-client.ts'
import { audiencesOf, keepTokens, keptTokensOf, toldOf, type TokenAnswer } from '../../../protocol/keep-tokens.ts'
import { readMetadata } from '../../../protocol/read-metadata.ts'
import { requestToken, endpointOf, tokenRequestParameters } from '../../../protocol/token-request.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** New tokens for a refresh token: the one given, else the one kept for this profile and user. @see RFC 6749 §6 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const server = await context.step('discover', () => readMetadata(context, String(parameters.issuer)))
  return context.step('token-request', async () => {
    endpointOf(server, 'token_endpoint')
    if (typeof parameters.refresh_token !== 'string') return refreshKept(context, server, parameters)
    const user = String(parameters.user ?? '')
    const answer = await request(context, { server, parameters, refreshToken: parameters.refresh_token })
    // An answer without a refresh token leaves the old one in use.
    return keepTokens(context, {
      server,
      parameters,
      answer: { refresh_token: parameters.refresh_token, ...answer },
      user,
    })
  })
}

/** Refreshes a kept family, one caller at a time, so that a rotating token is never sent twice. */
async function refreshKept(
  context: RunContext,
  server: AuthorizationServer,
  parameters: ParameterValues,
): Promise<Json> {
  const text = (name: string) => (parameters[name] === undefined ? undefined : String(parameters[name]))
  const family = context.tokens.findRefresh({
    profile: context.profile,
    issuer: server.issuer,
    client_id: String(parameters.client_id),
    keyBinding: '',
    scope: text('scope'),
    user: text('user'),
    resource: audiencesOf(parameters),
  })
  context.decide({
    subject: 'refresh token',
    choice: family.key.user === '' ? 'the one kept' : `the one kept for ${family.key.user}`,
    reason: `Got for scope ${family.key.scope || '(none)'}; answer ${family.generation} of its family.`,
    specification: 'RFC 6749 §6',
  })
  const next = await context.tokens.refresh(
    family.id,
    async (current) => {
      const refreshToken = String(current.tokens.refresh_token)
      const answer = await request(context, { server, parameters, refreshToken })
      return { tokens: keptTokensOf(context, answer), scope: text('scope') }
    },
    context.signal,
  )
  return toldOf(next.tokens)
}

interface RefreshRequest {
  server: AuthorizationServer
  parameters: ParameterValues
  refreshToken: string
}

async function request(
  context: RunContext,
  { server, parameters, refreshToken }: RefreshRequest,
): Promise<TokenAnswer> {
  context.learn(refreshToken)
  const client = await chooseClientAuth(context, server, parameters)
  const { library, configuration } = await configureClient(context, server, client)
  const answer = await requestToken(context, () =>
    library.refreshTokenGrant(configuration, refreshToken, tokenRequestParameters(parameters, true)),
  )
  // The library has checked the signature of an ID token by now, with the server's keys.
  if (answer.id_token) {
    context.prove({ name: 'signature.verified', holds: true }, context.lastAnswer('token')?.exchange)
  }
  return answer
}
