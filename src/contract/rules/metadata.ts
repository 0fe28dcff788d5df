import type { Json } from '../json.ts'
import { isIssuerTemplate, readHttpAddress } from '../metadata/address.ts'
import { authorizationServerFields } from '../metadata/authorization-server-fields.ts'
import type { ReceivedMetadata } from '../events.ts'
import type { Run } from '../run.ts'
import { faultOfType } from '../metadata/field-type.ts'
import type { Evidence, Rule } from './rule.ts'

type Hit = { explanation: string; evidence: Evidence[] }

/** Documents of authorization servers, each with what its findings point at. */
function documentsOf(run: Run) {
  return run.metadata
    .filter(({ kind = 'authorization-server' }) => kind === 'authorization-server')
    .map((received) => ({ ...received, at: (field: string, value?: Json) => evidenceAt(received, field, value) }))
}

/** Points at a field of a metadata document. */
export function evidenceAt({ exchange, document }: ReceivedMetadata, field: string, value = document[field]): Evidence {
  return { label: field, value: shown(value), exchange, pointer: `/${field}` }
}

function shown(value: Json | undefined): string {
  if (value === undefined) return 'absent'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text || '""'
}

/** The texts of a list field; empty when it is none. */
export function textsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

const isOpenId = ({ location, document }: ReceivedMetadata) =>
  location.includes('openid-configuration') || document.subject_types_supported !== undefined

const issuerMismatch: Rule = {
  id: 'metadata.issuer-mismatch',
  severity: 'error',
  title: 'The metadata names another issuer than the one asked for',
  specification: 'RFC 8414 §3.3',
  remedy: 'Use exactly the issuer that the server names; a slash at the end, case and host count.',
  check: (run) => [
    ...documentsOf(run)
      .filter(({ issuer, document }) => document.issuer !== issuer && !isIssuerTemplate(document.issuer))
      .map(({ issuer, at }) => ({
        explanation: `Asked for ${issuer}. A client must not use a document that names another.`,
        evidence: [at('issuer')],
      })),
    ...run.locations
      .filter(({ outcome, kind }) => outcome === 'other-issuer' && kind === 'authorization-server')
      .filter(({ names }) => !isIssuerTemplate(names))
      .map(({ location, names = 'absent', exchange }) => ({
        explanation: `${location} answered a document of another issuer. It was not used.`,
        evidence: [{ label: 'issuer', value: names, exchange, pointer: '/issuer' }],
      })),
  ],
}

const issuerTemplate: Rule = {
  id: 'metadata.issuer-template',
  severity: 'warning',
  title: 'The issuer is a template for many tenants',
  specification: 'RFC 8414 §3.3',
  remedy: 'Use the issuer of one tenant where you can. ID tokens are checked with their tid put in.',
  check: (run) =>
    documentsOf(run)
      .filter(({ document }) => isIssuerTemplate(document.issuer))
      .map(({ at }) => ({
        explanation: 'Every tenant shares this document, so its issuer is none that a token can carry as it stands.',
        evidence: [at('issuer')],
      })),
}

const issuerUrl: Rule = {
  id: 'metadata.issuer-url',
  severity: 'error',
  title: 'The issuer is not an https address without query and fragment',
  specification: 'RFC 8414 §2',
  remedy: 'Name the server by an https address; http is for this machine only.',
  check: (run) =>
    documentsOf(run).flatMap(({ document, at }): Hit[] => {
      if (isIssuerTemplate(document.issuer)) return []
      const address = readHttpAddress(document.issuer)
      const faults = [
        !address && 'It is no absolute http or https address.',
        address && !address.isSecure && 'It is plain http, so anybody in between can answer for it.',
        address && /[?#]/.test(String(document.issuer)) && 'It has a query or a fragment.',
      ].filter((fault) => typeof fault === 'string')
      return faults.map((explanation) => ({ explanation, evidence: [at('issuer')] }))
    }),
}

const redirectGrants = ['authorization_code', 'implicit']

const requiredMissing: Rule = {
  id: 'metadata.required-missing',
  severity: 'error',
  title: 'A required field is missing',
  specification: 'RFC 8414 §2',
  remedy: 'Have the server publish it; until then, endpoints can be typed into the profile.',
  check: (run) =>
    documentsOf(run).flatMap((received) => {
      const { document, at } = received
      return requiredFields(received)
        .filter((name) => document[name] === undefined || document[name] === null)
        .map((name) => ({ explanation: `${name} must be there. ${meaningOf(name)}`, evidence: [at(name)] }))
    }),
}

/** Grants left out mean code and implicit; a server of machine grants alone needs no authorization endpoint. */
function requiredFields(received: ReceivedMetadata): string[] {
  const listed = received.document.grant_types_supported
  const grants = listed === undefined ? redirectGrants : textsIn(listed)
  const tokenless = grants.length > 0 && grants.every((grant) => grant === 'implicit')
  const fields = authorizationServerFields.flatMap(({ fields: all }) => all)
  return [
    ...fields
      .filter(({ required }) => required === 'always' || (required === 'openid' && isOpenId(received)))
      .map(({ name }) => name),
    ...(grants.some((grant) => redirectGrants.includes(grant)) ? ['authorization_endpoint'] : []),
    ...(tokenless ? [] : ['token_endpoint']),
  ]
}

function meaningOf(name: string): string {
  const all = authorizationServerFields.flatMap(({ fields }) => fields)
  return all.find((field) => field.name === name)?.meaning ?? ''
}

const wrongType: Rule = {
  id: 'metadata.wrong-type',
  severity: 'error',
  title: 'A field has a value of the wrong kind',
  specification: 'RFC 8414 §2',
  remedy: 'Have the server publish it as the specification says.',
  check: (run) =>
    documentsOf(run).flatMap(({ document, at }) =>
      authorizationServerFields
        .flatMap(({ fields }) => fields)
        .filter(({ type }) => type !== 'issuer')
        .flatMap((field) => {
          const explanation = faultOfType(field, document[field.name])
          return explanation ? [{ explanation, evidence: [at(field.name)] }] : []
        }),
    ),
}

const pkceAbsent: Rule = {
  id: 'metadata.pkce-absent',
  severity: 'warning',
  title: 'PKCE with S256 is not advertised, or plain is',
  specification: 'RFC 9700 §2.1.1',
  remedy: 'Advertise code_challenge_methods_supported with S256 alone.',
  onDiscovery: true,
  check: (run) =>
    documentsOf(run).flatMap((received): Hit[] => {
      const { document, at } = received
      if (!offersCode(document)) return []
      const methods = textsIn(document.code_challenge_methods_supported)
      if (!methods.includes('S256')) {
        return [
          {
            explanation: 'A client cannot know that the server takes part in PKCE; it may send it all the same.',
            evidence: [at('code_challenge_methods_supported')],
          },
        ]
      }
      const plain = 'With plain, the challenge is the verifier: whoever sees the request can use the code.'
      return methods.includes('plain')
        ? [{ explanation: plain, evidence: [at('code_challenge_methods_supported')] }]
        : []
    }),
}

function offersCode(document: Record<string, Json>): boolean {
  if (document.grant_types_supported === undefined) return document.authorization_endpoint !== undefined
  return textsIn(document.grant_types_supported).includes('authorization_code')
}

const implicitOffered: Rule = {
  id: 'metadata.implicit-offered',
  severity: 'warning',
  title: 'Tokens from the authorization endpoint, or the password grant, are offered',
  specification: 'RFC 9700 §2.1.2, §2.4',
  remedy: 'Offer the authorization code with PKCE in their place.',
  onDiscovery: true,
  check: (run) =>
    documentsOf(run).flatMap(({ document, at }): Hit[] => {
      const withToken = textsIn(document.response_types_supported).filter((type) => type.split(' ').includes('token'))
      const hits: Hit[] = []
      if (withToken.length > 0) {
        hits.push({
          explanation: `Response types with token put access tokens into addresses: ${withToken.slice(0, 10).join(', ')}.`,
          evidence: [at('response_types_supported')],
        })
      }
      if (textsIn(document.grant_types_supported).includes('password')) {
        hits.push({
          explanation: 'The password grant gives the user’s password to the client.',
          evidence: [at('grant_types_supported')],
        })
      }
      return hits
    }),
}

const algNone: Rule = {
  id: 'metadata.alg-none',
  severity: 'error',
  title: 'The algorithm none is offered',
  specification: 'RFC 8725 §3.2',
  remedy: 'Take none out of the list: what is not signed can be written by anybody.',
  check: (run) =>
    documentsOf(run).flatMap(({ document, at }) =>
      Object.keys(document)
        .filter((name) => name.endsWith('_signing_alg_values_supported') && textsIn(document[name]).includes('none'))
        .filter((name) => !mayBeUnsigned(name, document))
        .map((name) => ({ explanation: `${name} lists none.`, evidence: [at(name)] })),
    ),
}

/** Where the specification itself allows none: it is legal, and never called wrong. @see OpenID Connect Discovery 1.0 §3 */
function mayBeUnsigned(name: string, document: Record<string, Json>): boolean {
  const types = textsIn(document.response_types_supported)
  const isCodeOnly = types.length > 0 && types.every((type) => type === 'code')
  return (
    name === 'request_object_signing_alg_values_supported' ||
    name === 'userinfo_signing_alg_values_supported' ||
    (name === 'id_token_signing_alg_values_supported' && isCodeOnly)
  )
}

const authMethods: Rule = {
  id: 'metadata.auth-methods',
  severity: 'info',
  title: 'Client authentication is by secret alone, or not listed',
  specification: 'RFC 8414 §2',
  remedy: 'List the methods, and offer one with a key (private_key_jwt or mutual TLS) for clients that can keep one.',
  onDiscovery: true,
  check: (run) =>
    documentsOf(run).flatMap(({ document, at }): Hit[] => {
      if (document.token_endpoint === undefined) return []
      const name = 'token_endpoint_auth_methods_supported'
      const methods = textsIn(document[name])
      if (document[name] === undefined) {
        return [{ explanation: 'No list: client_secret_basic is the default then.', evidence: [at(name)] }]
      }
      const bySecret = methods.length > 0 && methods.every((method) => /^client_secret_|^none$/.test(method))
      return bySecret
        ? [{ explanation: 'A client can prove who it is by a shared secret only.', evidence: [at(name)] }]
        : []
    }),
}

/** What is noticed in the metadata of authorization servers. */
export const metadataRules: readonly Rule[] = [
  issuerMismatch,
  issuerUrl,
  requiredMissing,
  wrongType,
  algNone,
  issuerTemplate,
  pkceAbsent,
  implicitOffered,
  authMethods,
]
