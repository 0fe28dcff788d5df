import type { ParameterValues } from '../../contract/description.ts'
import { isJsonObject, type JsonObject } from '../../contract/json.ts'
import { isEndpointName } from '../../contract/metadata/address.ts'
import { isSecretReference, type Profile } from '../../contract/profile.ts'
import { connectionDigestOf } from '../http/connection-digest.ts'
import type { SecretBinding, Vault } from '../ports.ts'

/** The origin of an address; undefined for what is none. */
export function originOf(address: unknown): string | undefined {
  const url = typeof address === 'string' ? URL.parse(address) : null
  return url && url.origin !== 'null' ? url.origin : undefined
}

/** The origins of an issuer's endpoints and keys, as its metadata names them. @see RFC 8414 §2, RFC 8705 §5 */
export function endpointOriginsOf(metadata: JsonObject): Set<string> {
  const { mtls_endpoint_aliases: aliases, ...named } = metadata
  const entries = [...Object.entries(named), ...Object.entries(isJsonObject(aliases) ? aliases : {})]
  const endpoints = entries.flatMap(([name, value]) => (isEndpointName(name) ? [originOf(value)] : []))
  return new Set(endpoints.filter((origin) => origin !== undefined))
}

/**
 * The origin that the secret of a parameter is meant for: a proxy's password for the proxy, a token given by hand for the
 * API, a management API's key for that API, a registration access token for the place of the registration, everything else
 * for the issuer. Undefined when nothing names one.
 */
export function placeOfSecret(parameter: string, values: ParameterValues, proxy?: string): string | undefined {
  if (parameter === 'proxy_password') return originOf(proxy ?? values.proxy)
  const [issuer, api] = [originOf(values.issuer), originOf(values.url)]
  if (parameter === 'access_token') return api ?? issuer
  if (parameter === 'api_key') return originOf(values.api_base) ?? issuer
  if (parameter === 'registration_access_token') return originOf(values.registration_client_uri) ?? issuer
  return issuer ?? api
}

/** Where a profile sends one of its secrets, for saving one; to the issuer when the profile does not name it yet. */
export async function bindingInProfile(
  secret: string,
  values: ParameterValues,
  folder: string,
): Promise<SecretBinding> {
  const uses = Object.entries(values).flatMap(([name, value]) =>
    isSecretReference(value) && value.secret === secret ? [name] : [],
  )
  const places = (uses.length > 0 ? uses : ['client_secret']).map((name) => placeOfSecret(name, values))
  const origins = [...new Set(places.filter((place) => place !== undefined))]
  return { origins, connection: await connectionDigestOf(values, folder) }
}

/**
 * Lets the secrets of a profile follow a change of its connection that a person made here and now. One that did not know
 * the connection before stays as it is, and is asked about.
 */
export async function followConnection(
  vault: Pick<Vault, 'list' | 'bind'>,
  { values, users = [] }: Profile,
  { from, to }: { from: string; to: string },
): Promise<void> {
  if (from === to) return
  const given = [...Object.values(values), ...users.map(({ password }) => password)]
  const names = new Set(given.flatMap((value) => (isSecretReference(value) ? [value.secret] : [])))
  for (const { name, origins, connection, settled } of await vault.list()) {
    if (!names.has(name) || origins.length === 0 || connection !== from) continue
    await vault.bind(name, { origins, connection: to, ...(settled === undefined ? {} : { settled }) })
  }
}
