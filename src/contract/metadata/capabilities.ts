import type { Json, JsonObject } from '../json.ts'

/** One thing a server can or cannot do, as its metadata says. */
export interface Capability {
  id: string
  title: string
  /** yes, no, or not said: the metadata is silent and the specification gives no default */
  offered: 'yes' | 'no' | 'not-said'
  /** what exactly, such as the methods; empty when there is nothing to list */
  values: string[]
  /** the value in the metadata, or what the specification makes of its absence */
  because: string
  section: string
}

/** An endpoint with its address, to copy. */
export interface NamedEndpoint {
  name: string
  address: string
}

/** What a server says it can do, in the order a person asks. Pure: the same for window, command line and reports. */
export function capabilitiesOf(document: JsonObject): Capability[] {
  return [
    listed(document, {
      id: 'grants',
      title: 'Grants',
      field: 'grant_types_supported',
      absent: ['authorization_code', 'implicit'],
      section: 'RFC 8414 §2',
    }),
    pkce(document),
    listed(document, {
      id: 'client-auth',
      title: 'Client authentication',
      field: 'token_endpoint_auth_methods_supported',
      absent: ['client_secret_basic'],
      section: 'RFC 8414 §2',
    }),
    listed(document, {
      id: 'response-types',
      title: 'Response types',
      field: 'response_types_supported',
      section: 'RFC 8414 §2',
    }),
    listed(document, {
      id: 'response-modes',
      title: 'Response modes',
      field: 'response_modes_supported',
      absent: ['query', 'fragment'],
      section: 'RFC 8414 §2',
    }),
    byEndpoint(document, {
      id: 'par',
      title: 'Pushed requests (PAR)',
      field: 'pushed_authorization_request_endpoint',
      section: 'RFC 9126 §5',
      note: document.require_pushed_authorization_requests === true ? 'required' : undefined,
    }),
    listed(document, {
      id: 'dpop',
      title: 'DPoP',
      field: 'dpop_signing_alg_values_supported',
      section: 'RFC 9449 §5.1',
    }),
    mutualTls(document),
    byFlag(document, {
      id: 'request-objects',
      title: 'Signed requests (JAR)',
      field: 'request_parameter_supported',
      section: 'RFC 9101 §10.5',
    }),
    ...furtherEndpoints(document),
    byFlag(document, {
      id: 'iss',
      title: 'iss in the answer',
      field: 'authorization_response_iss_parameter_supported',
      section: 'RFC 9207 §3',
    }),
  ]
}

function furtherEndpoints(document: JsonObject): Capability[] {
  return [
    byEndpoint(document, {
      id: 'device',
      title: 'Device sign-in',
      field: 'device_authorization_endpoint',
      section: 'RFC 8628 §4',
    }),
    byEndpoint(document, {
      id: 'registration',
      title: 'Registration',
      field: 'registration_endpoint',
      section: 'RFC 7591 §3',
    }),
    byEndpoint(document, {
      id: 'introspection',
      title: 'Introspection',
      field: 'introspection_endpoint',
      section: 'RFC 7662 §2',
    }),
    byEndpoint(document, {
      id: 'revocation',
      title: 'Revocation',
      field: 'revocation_endpoint',
      section: 'RFC 7009 §2',
    }),
    byEndpoint(document, {
      id: 'userinfo',
      title: 'Userinfo',
      field: 'userinfo_endpoint',
      section: 'OpenID Connect Core 1.0 §5.3',
    }),
    byEndpoint(document, {
      id: 'logout',
      title: 'Sign-out',
      field: 'end_session_endpoint',
      section: 'OpenID RP-Initiated Logout 1.0 §2.1',
    }),
  ]
}

/** Every endpoint the document names, by address; what is no http or https address is left out. */
export function endpointsOf(document: JsonObject): NamedEndpoint[] {
  return Object.entries(document).flatMap(([name, value]) => {
    const isAddress = typeof value === 'string' && /^https?:\/\//i.test(value)
    return isAddress && /(?:_endpoint|^jwks_uri|^check_session_iframe)$/.test(name) ? [{ name, address: value }] : []
  })
}

interface Told {
  id: string
  title: string
  field: string
  section: string
}

function listed(document: JsonObject, { absent, ...told }: Told & { absent?: string[] }): Capability {
  const value = document[told.field]
  const { id, title, field, section } = told
  if (value === undefined) {
    const because = absent ? `${field} is absent: ${absent.join(', ')} by default` : `${field} is absent`
    return { id, title, section, because, offered: absent ? 'yes' : 'not-said', values: absent ?? [] }
  }
  const values = textsOf(value)
  return { id, title, section, values, because: field, offered: values.length > 0 ? 'yes' : 'no' }
}

function pkce(document: JsonObject): Capability {
  const told = listed(document, {
    id: 'pkce',
    title: 'PKCE',
    field: 'code_challenge_methods_supported',
    section: 'RFC 7636 §4.2',
  })
  return told.offered === 'yes' && !told.values.includes('S256')
    ? { ...told, because: `${told.because}, without S256` }
    : told
}

function byEndpoint(document: JsonObject, { note, ...told }: Told & { note?: string | undefined }): Capability {
  const { id, title, field, section } = told
  const address = document[field]
  const isThere = typeof address === 'string' && address !== ''
  return {
    id,
    title,
    section,
    offered: isThere ? 'yes' : 'no',
    values: isThere && note ? [note] : [],
    because: isThere ? field : `${field} is absent`,
  }
}

function byFlag(document: JsonObject, { id, title, field, section }: Told): Capability {
  const value = document[field]
  return {
    id,
    title,
    section,
    offered: value === true ? 'yes' : 'no',
    values: [],
    because: value === undefined ? `${field} is absent: false by default` : field,
  }
}

/** Either method authenticates by certificate; tokens may be bound to one without that. @see RFC 8705 §2, §3 */
function mutualTls(document: JsonObject): Capability {
  const methods = textsOf(document.token_endpoint_auth_methods_supported).filter((method) =>
    method.includes('tls_client_auth'),
  )
  const binds = document.tls_client_certificate_bound_access_tokens === true
  const values = [...methods, ...(binds ? ['certificate-bound tokens'] : [])]
  return {
    id: 'mtls',
    title: 'Mutual TLS',
    section: 'RFC 8705 §2, §3',
    offered: values.length > 0 ? 'yes' : 'no',
    values,
    because:
      values.length > 0
        ? 'token_endpoint_auth_methods_supported, tls_client_certificate_bound_access_tokens'
        : 'no method and no binding is listed',
  }
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
