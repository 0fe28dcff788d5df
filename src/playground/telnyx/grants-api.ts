import { data, type Answer } from './answer.ts'
import { notFound } from './api-error.ts'
import type { ApiRequest } from './api-request.ts'
import { pageOf } from './paging.ts'
import type { EmulatorParts } from './parts.ts'

/** `GET /oauth_grants`: one page, oldest first. */
export function listGrants({ query }: ApiRequest, { grants }: EmulatorParts): Answer {
  return pageOf(grants.all(), query, (grant) => grant)
}

/** `GET /oauth_grants/{id}`. */
export function getGrant({ id }: ApiRequest, { grants }: EmulatorParts): Answer {
  const grant = grants.get(id)
  if (grant) return data(grant)
  throw notFound()
}

/** `DELETE /oauth_grants/{id}`: answers the grant that is no more. */
export async function deleteGrant({ id }: ApiRequest, parts: EmulatorParts): Promise<Answer> {
  const grant = parts.grants.get(id)
  if (!grant) throw notFound()
  await revokeGrant(id, parts)
  return data(grant)
}

/** Ends a grant with its codes, refresh tokens and access tokens. */
export async function revokeGrant(
  id: string,
  { grants, provider }: Pick<EmulatorParts, 'grants' | 'provider'>,
): Promise<void> {
  grants.delete(id)
  const { AccessToken, AuthorizationCode, RefreshToken } = provider
  await Promise.all([AccessToken, AuthorizationCode, RefreshToken].map((model) => model.revokeByGrantId(id)))
}
