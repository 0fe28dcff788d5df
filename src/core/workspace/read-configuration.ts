import type { AddressReading } from '../../contract/commands.ts'
import type { ParameterValues } from '../../contract/description.ts'
import type { ConfigurationEntries } from './configuration-entries.ts'
import { issuerOfEndpoint, issuerOfMetadata } from './issuer-of-address.ts'

const maximumValueCharacters = 2_048

/** Names as applications and products write them, without sign and case; the most telling first. */
const known = {
  issuer: ['issuer', 'oidcissuer', 'issuerurl', 'issueruri', 'authority', 'issuerbaseurl'],
  metadata: [
    'metadataaddress',
    'wellknown',
    'wellknownurl',
    'discoveryurl',
    'discoveryendpoint',
    'openidconfiguration',
    'metadataurl',
  ],
  domain: ['auth0domain', 'oktadomain', 'domain'],
  authorization: [
    'authurl',
    'authorizationurl',
    'authorizationendpoint',
    'authorizeurl',
    'authorizationuri',
    'authorizeendpoint',
  ],
  token: ['accesstokenurl', 'tokenurl', 'tokenendpoint', 'tokenuri'],
  client_id: ['clientid', 'appid', 'applicationid', 'consumerkey'],
  secret: ['clientsecret', 'appsecret', 'secret', 'clientcredentialsclientsecret'],
  redirect_uri: ['redirecturi', 'redirecturl', 'callbackurl', 'callbackuri'],
  scope: ['scope', 'scopes'],
  audience: ['audience'],
  tenant: ['tenantid', 'tenant'],
  instance: ['instance', 'cloudinstance'],
  realm: ['realm', 'keycloakrealm'],
  server: ['authserverurl', 'keycloakurl', 'keycloakserverurl'],
  challenge: ['challengealgorithm', 'codechallengemethod'],
} as const

type Subject = keyof typeof known

/**
 * Reads what a piece of configuration says about server and client. A client secret in it is not taken over: it belongs
 * in the vault, and what is read here may be shown.
 */
export function readConfiguration({ kind, entries }: ConfigurationEntries): AddressReading | undefined {
  const find = (subject: Subject) => findValue(entries, known[subject])
  const issuer = issuerOf(find)
  const values: ParameterValues = {
    ...(issuer ? { issuer } : {}),
    ...textOf('client_id', find('client_id')),
    ...redirectOf(find('redirect_uri')),
    ...textOf('scope', find('scope')?.replaceAll(/[\s,]+/g, ' ')),
    ...textOf('audience', find('audience')),
    ...pkceOf(find('challenge')),
  }
  if (!issuer && values.client_id === undefined) return undefined
  const names = Object.keys(values).join(', ')
  const missing = issuer ? '' : ' It names no server.'
  const secret =
    find('secret') === undefined ? '' : ' The client secret in it was left out: type it where it is asked for.'
  return { values, read: `Read as a ${kind}: ${names}.${missing}${secret}` }
}

function findValue(entries: ConfigurationEntries['entries'], names: readonly string[]): string | undefined {
  for (const wanted of names) {
    const found = entries.find(({ name }) => fits(name, wanted))
    if (found && found.value.length <= maximumValueCharacters) return found.value
  }
  return undefined
}

/** `NEXT_PUBLIC_OIDC_CLIENT_ID` and `AzureAd:ClientId` both end in `clientid`. */
function fits(name: string, wanted: string): boolean {
  const words = name.toLowerCase().split(/[^a-z0-9]+/)
  return words.some((_word, index) => words.slice(index).join('') === wanted)
}

type Find = (subject: Subject) => string | undefined

/** What names the issuer most plainly counts: the issuer, its metadata, a product's own parts, an endpoint, a domain. */
function issuerOf(find: Find): string | undefined {
  return issuerAsNamed(find) ?? issuerOfProduct(find) ?? issuerBehindEndpoint(find) ?? issuerOfDomain(find('domain'))
}

function issuerAsNamed(find: Find): string | undefined {
  const named = httpUrl(find('issuer'))
  if (named) return issuerOfMetadata(named) ?? named.href.replace(/\/$/, endsInSlash(find('issuer')) ? '/' : '')
  const metadata = httpUrl(find('metadata'))
  return metadata && (issuerOfMetadata(metadata) ?? metadata.href)
}

function issuerOfProduct(find: Find): string | undefined {
  const [cloud, tenant] = [httpUrl(find('instance')), find('tenant')]
  if (cloud && tenant) return `${cloud.origin}/${encodeURIComponent(tenant)}/v2.0`
  const [keycloak, realm] = [httpUrl(find('server')), find('realm')]
  return keycloak && realm && `${keycloak.href.replace(/\/$/, '')}/realms/${encodeURIComponent(realm)}`
}

function issuerBehindEndpoint(find: Find): string | undefined {
  const endpoint = httpUrl(find('authorization')) ?? httpUrl(find('token'))
  return endpoint && (issuerOfEndpoint(endpoint) ?? endpoint.origin)
}

function endsInSlash(text = ''): boolean {
  return text.endsWith('/')
}

/** Auth0's issuer ends in a slash, which counts; other products' domains are their issuers. */
function issuerOfDomain(domain: string | undefined): string | undefined {
  const url = domain === undefined ? undefined : httpUrl(/^https?:/i.test(domain) ? domain : `https://${domain}`)
  if (!url || !url.hostname.includes('.')) return undefined
  return url.hostname.endsWith('.auth0.com') ? `${url.origin}/` : url.origin
}

function httpUrl(text: string | undefined): URL | undefined {
  const url = text === undefined ? null : URL.parse(text)
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : undefined
}

function textOf(name: string, value: string | undefined): ParameterValues {
  return value === undefined ? {} : { [name]: value }
}

function redirectOf(value: string | undefined): ParameterValues {
  return value !== undefined && URL.canParse(value) ? { redirect_uri: value } : {}
}

function pkceOf(value = ''): ParameterValues {
  const method = { s256: 'S256', 'sha-256': 'S256', plain: 'plain' }[value.toLowerCase()]
  return method ? { pkce: method } : {}
}
