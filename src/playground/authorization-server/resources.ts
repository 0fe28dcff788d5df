import type { PlaygroundApi } from '../playground-info.ts'

/** The resource that access tokens are for when the client names none. */
export const defaultResource = 'urn:playground:api'

/** The scope that the protected API wants. */
export const apiScope = 'api:read'

/** The scope that changing something in it wants. */
export const writeScope = 'api:write'

/** Every resource indicator (RFC 8707) that means the protected API; each is an audience that it accepts. */
export function apiResources(issuer: string): string[] {
  return [defaultResource, issuer, `${issuer}/api`]
}

/** The protected API's addresses. */
export function playgroundApis(issuer: string): PlaygroundApi[] {
  const scopes = { hello: apiScope, echo: apiScope, notes: `${apiScope} ${writeScope}` }
  return Object.entries(scopes).map(([name, scope]) => ({
    resource: defaultResource,
    url: `${issuer}/api/${name}`,
    scope,
  }))
}
