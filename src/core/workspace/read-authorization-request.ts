import type { AddressReading } from '../../contract/commands.ts'
import type { ParameterValues } from '../../contract/description.ts'
import { issuerOfEndpoint } from './issuer-of-address.ts'

const maximumValueCharacters = 2_048

/** Parameters of an authorization request that are taken over as they are. */
const textNames = ['client_id', 'scope', 'audience', 'prompt', 'login_hint', 'acr_values']

/** Further ones that say how an application signs in; they are sent as extra parameters. */
const extraNames = [
  'access_type',
  'claims',
  'claims_locales',
  'connection',
  'display',
  'domain_hint',
  'hd',
  'include_granted_scopes',
  'kc_idp_hint',
  'organization',
  'ui_locales',
]

/**
 * The authorization request in an address: its own query, or one that a sign-in page carries along to return to.
 * @see RFC 6749 §4.1.1
 */
export function findAuthorizationRequest(url: URL): URL | undefined {
  if (isRequest(url)) return url
  for (const value of url.searchParams.values()) {
    const inner = URL.canParse(value, url.href) ? new URL(value, url.href) : undefined
    if (inner?.origin === url.origin && isRequest(inner)) return inner
  }
  return undefined
}

function isRequest({ searchParams }: URL): boolean {
  return searchParams.has('client_id') && !searchParams.has('code')
}

/** Client, redirect URI, scope and the like of a sign-in address; nothing that belongs to one sign-in only. */
export function readAuthorizationRequest(url: URL): AddressReading {
  const values: ParameterValues = {
    issuer: issuerOfEndpoint(url) ?? url.origin,
    ...textsOf(url.searchParams),
    ...redirectUriOf(url.searchParams),
    ...resourcesOf(url.searchParams),
    ...maximumAgeOf(url.searchParams),
    ...pkceOf(url.searchParams),
    ...extrasOf(url.searchParams),
  }
  const taken = Object.keys(values).filter((name) => name !== 'issuer')
  return {
    values,
    read: `Read as a sign-in address: ${taken.join(', ')} are from it, and the issuer is what its path suggests.`,
  }
}

/** The first value of a name, when it has one of a bearable length. */
function first(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name)?.trim()
  return value && value.length <= maximumValueCharacters ? value : undefined
}

function textsOf(query: URLSearchParams): ParameterValues {
  return Object.fromEntries(
    textNames.flatMap((name) => {
      const value = first(query, name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function redirectUriOf(query: URLSearchParams): ParameterValues {
  const value = first(query, 'redirect_uri')
  return value !== undefined && URL.canParse(value) ? { redirect_uri: value } : {}
}

function resourcesOf(query: URLSearchParams): ParameterValues {
  const values = query.getAll('resource').filter((value) => value !== '' && value.length <= maximumValueCharacters)
  return values.length > 0 ? { resource: values.slice(0, 20) } : {}
}

function maximumAgeOf(query: URLSearchParams): ParameterValues {
  const value = first(query, 'max_age') ?? ''
  return /^\d{1,9}$/.test(value) ? { max_age: Number(value) } : {}
}

/** A challenge without a method means plain (RFC 7636 §4.3); a request without a challenge leaves PKCE to the default. */
function pkceOf(query: URLSearchParams): ParameterValues {
  if (!query.has('code_challenge') && !query.has('code_challenge_method')) return {}
  const method = query.get('code_challenge_method') ?? 'plain'
  return method === 'S256' || method === 'plain' ? { pkce: method } : {}
}

function extrasOf(query: URLSearchParams): ParameterValues {
  const extras = extraNames.flatMap((name) => {
    const value = first(query, name)
    return value === undefined ? [] : [[name, value]]
  })
  return extras.length > 0 ? { authorization_parameters: extras } : {}
}
