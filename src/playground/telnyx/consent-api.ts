import { data, json, type Answer } from './answer.ts'
import { ApiError, invalidField, type Issue } from './api-error.ts'
import { jsonObject, type ApiRequest } from './api-request.ts'
import { issuesOf, text, truth } from './check-fields.ts'
import type { EmulatorParts } from './parts.ts'
import { wordsOfScope } from './scopes.ts'

/** `GET /oauth/consent/{consent_token}`: who asks for what. */
export function getConsent({ id }: ApiRequest, { consents }: EmulatorParts): Answer {
  const { consent, client } = consents.find(id)
  const { logo_uri, tos_uri, policy_uri } = client
  return data({
    client_id: client.client_id,
    name: client.name,
    requested_scopes: consent.scopes.map((scope) => ({ id: scope, name: scope, description: wordsOfScope(scope) })),
    logo_uri,
    tos_uri,
    policy_uri,
    redirect_uri: consent.redirectUri,
    verified: false,
  })
}

/** `POST /oauth/grants`: decides in the name of the key's owner; answers where the browser goes. */
export async function decideConsent(request: ApiRequest, { consents, keyOwner }: EmulatorParts): Promise<Answer> {
  const body = jsonObject(request)
  const missing = ['allowed', 'consent_token']
    .filter((name) => body[name] === undefined)
    .map((name): Issue => invalidField(`/${name}`, `${name} is missing.`, '10004'))
  const issues = [...missing, ...issuesOf(body, { allowed: truth, consent_token: text })]
  if (issues.length > 0) throw new ApiError(422, issues)
  const decision = { allowed: body['allowed'] === true, accountId: keyOwner }
  return json(200, { redirect_uri: await consents.decide(String(body['consent_token']), decision) })
}
