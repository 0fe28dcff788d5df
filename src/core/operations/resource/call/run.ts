import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { buildApiRequest, requestApi, type ApiRequest } from '../../../protocol/api-request.ts'
import { bounded } from '../../../protocol/bounded.ts'
import { readMetadata } from '../../../protocol/read-metadata.ts'
import { requireAccepted } from '../../../protocol/resource-refusal.ts'
import { sendWithToken, takeToken, type TokenOrder } from '../../../protocol/use-token.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** Sends a request to an API with a token, and renews the token first or when it is refused. @see RFC 6750 §2.1 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const request = buildApiRequest(context, parameters)
  if (parameters.token === 'none') {
    return context.step('call', async () => {
      const response = await requestApi(context, request, undefined)
      await requireAccepted(context, { response, purpose: 'resource' })
      return resultOf(context)
    })
  }
  const order: TokenOrder = {
    parameters,
    kind: parameters.token === 'id_token' ? 'id_token' : 'access_token',
    discover: (issuer) => context.step('discover', () => readMetadata(context, { ...parameters, issuer })),
  }
  return sendAuthorized(context, request, order)
}

async function sendAuthorized(context: RunContext, request: ApiRequest, order: TokenOrder): Promise<Json> {
  const token = await takeToken(context, order)
  return context.step('call', async () => {
    const answer = await sendWithToken(context, {
      order,
      token,
      send: ({ value }) => requestApi(context, request, value),
    })
    await requireAccepted(context, { ...answer, purpose: 'resource' })
    return resultOf(context)
  })
}

/** The answer in short; the whole of it is the exchange's. */
function resultOf(context: RunContext): Json {
  const { status, mediaType, json } = context.lastAnswer('resource')!
  return { status, content_type: mediaType, ...(json === undefined ? {} : { body: bounded(json) }) }
}
