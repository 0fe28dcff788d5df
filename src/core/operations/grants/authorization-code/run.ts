import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { checkAuthorizationResponse } from '../../../protocol/authorization-response.ts'
import { awaitAuthorization } from '../../../protocol/await-authorization.ts'
import { type Bindings, buildAuthorizationUrl, makeBindings } from '../../../protocol/authorization-request.ts'
import { chooseClientAuth } from '../../../protocol/choose-client-auth.ts'
import { exchangeCode } from '../../../protocol/exchange-code.ts'
import { keepTokens } from '../../../protocol/keep-tokens.ts'
import { preflight } from '../../../protocol/preflight.ts'
import { readMetadata } from '../../../protocol/read-metadata.ts'
import { endpointOf } from '../../../protocol/token-request.ts'
import { verifySignature } from '../../../protocol/verify-signature.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import { userAgents } from '../../../user-agents/index.ts'
import type { UserAgent } from '../../../user-agents/user-agent.ts'

/** Signs in with a browser and gets tokens. @see RFC 6749 §4.1, RFC 7636, OpenID Connect Core §3.1 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const server = await context.step('discover', () => readMetadata(context, parameters))
  await preflight(context, parameters)
  endpointOf(server, 'token_endpoint')
  const agent = userAgents.find(({ id }) => id === parameters.agent)!
  const bindings = await context.step('prepare', async () => makeBindings(context, parameters))
  const authorized = await context.step('authorize', () => authorize(context, { server, parameters, bindings, agent }))
  const answer = await context.step('token-request', async () => {
    const client = await chooseClientAuth(context, server, parameters)
    return exchangeCode(context, { ...authorized, server, client, parameters, bindings })
  })
  const code = authorized.response.get('code')
  await context.step('validate', () => verifySignature(context, { server, answer, nonce: bindings.nonce, code }))
  const user = agent.id === 'form' ? String(parameters.user ?? '') : ''
  return keepTokens(context, { server, parameters, answer: answer.tokens, user })
}

interface Authorization {
  server: AuthorizationServer
  parameters: ParameterValues
  bindings: Bindings
  agent: UserAgent
}

/** Listen, open, await the redirect, check it. Answers the checked parameters and the redirect URI as it was sent. */
async function authorize(context: RunContext, { server, parameters, bindings, agent }: Authorization) {
  const registered = String(parameters.redirect_uri)
  const needsPort = new URL(registered).port === '0'
  const listener =
    agent.listens || needsPort
      ? await context.redirects.listen({
          runId: context.runId,
          redirectUri: registered,
          state: bindings.state,
          signal: context.signal,
          onIgnored: (redirect, differs) =>
            context.ignoreRedirect({ reason: 'It belongs to another sign-in.', differs, url: redirect.url }),
        })
      : null
  try {
    const redirectUri = listener?.redirectUri ?? registered
    const url = buildAuthorizationUrl(server, parameters, { bindings, redirectUri })
    context.note({
      direction: 'to-browser',
      title: `open ${url.pathname}`,
      url: url.href,
      method: 'GET',
      parameters: [...url.searchParams],
      via: agent.id,
    })
    const task = { agent, address: url.href, redirectUri, listener, parameters }
    const received = await awaitAuthorization(context, task)
    // SECURITY: a code of letters alone looks like an error code to the masker, unless it is told.
    for (const [name, value] of received.parameters) if (name === 'code') context.learn(value)
    context.note({
      direction: 'from-browser',
      title: received.parameters.some(([name]) => name === 'error') ? 'error' : 'code',
      url: received.url,
      method: received.method,
      parameters: received.parameters,
      via: received.via,
    })
    const client = { client_id: String(parameters.client_id) }
    return {
      response: await checkAuthorizationResponse(context, received, { server, client, state: bindings.state }),
      redirectUri,
    }
  } finally {
    await listener?.close()
  }
}
