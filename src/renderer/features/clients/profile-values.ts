import type { ClientRecord } from '../../../contract/client-record.ts'
import type { ParameterValues } from '../../../contract/description.ts'

/** What a profile says of its client: nothing of it fits another one. */
const ofClient = new Set(['client_id', 'client_secret', 'client_auth', 'redirect_uri', 'scope', 'user'])

/** The values with which a profile uses a client; `secret` names the client secret that is kept of it. */
export function profileValuesOf(client: ClientRecord, secret: string | undefined): ParameterValues {
  const [redirect] = client.redirect_uris ?? []
  return {
    client_id: client.client_id,
    ...(secret === undefined ? {} : { client_secret: { secret } }),
    ...(redirect === undefined ? {} : { redirect_uri: withFreePort(redirect) }),
    ...(client.scope ? { scope: client.scope } : {}),
  }
}

/** The values of a profile that another client of the same server takes the place of. */
export function valuesWithoutClient(values: ParameterValues): ParameterValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !ofClient.has(name)))
}

/** A loopback address that is registered without a port takes any, so a free one is listened on. @see RFC 8252 §7.3 */
function withFreePort(address: string): string {
  const [, origin, rest] = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(\/.*|)$/.exec(address) ?? []
  return origin === undefined ? address : `${origin}:0${rest}`
}
