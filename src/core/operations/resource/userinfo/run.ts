import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { bounded } from '../../../protocol/bounded.ts'
import { readMetadata } from '../../../protocol/read-metadata.ts'
import { subjectOf } from '../../../protocol/renew-tokens.ts'
import { requireAccepted } from '../../../protocol/resource-refusal.ts'
import { endpointOf } from '../../../protocol/token-request.ts'
import { sendWithToken, takeToken, type TokenOrder, type UsedToken } from '../../../protocol/use-token.ts'
import { readUserinfo, requestUserinfo } from '../../../protocol/userinfo.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** Asks who the user of a token is. @see OpenID Connect Core §5.3 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const server = await context.step('discover', () => readMetadata(context, parameters))
  endpointOf(server, 'userinfo_endpoint')
  const order: TokenOrder = { parameters, kind: 'access_token', ofUser: true, discover: async () => server }
  const token = await takeToken(context, order)
  return context.step('userinfo', () => ask(context, { server, order, token }))
}

interface Asking {
  server: AuthorizationServer
  order: TokenOrder
  token: UsedToken
}

async function ask(context: RunContext, { server, order, token }: Asking): Promise<Json> {
  const { parameters } = order
  const method = String(parameters.method ?? 'GET')
  const clientId = parameters.client_id === undefined ? token.family?.key.client_id : String(parameters.client_id)
  const client = { client_id: clientId }
  const answer = await sendWithToken(context, {
    order,
    token,
    send: ({ value }) => requestUserinfo(context, { server, client, method, accessToken: value }),
  })
  await requireAccepted(context, { ...answer, purpose: 'userinfo' })
  const expectedSubject = subjectOf(answer.token.family?.tokens.id_token)
  return bounded(await readUserinfo(context, { server, client, response: answer.response, expectedSubject }))
}
