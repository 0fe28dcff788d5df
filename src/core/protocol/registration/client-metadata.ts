import type { ParameterValues } from '../../../contract/description.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../contract/json.ts'
import { problem } from '../../problems/problem-error.ts'

/** Members of client metadata that parameters give under the same name. */
const members = [
  'client_name',
  'redirect_uris',
  'grant_types',
  'response_types',
  'scope',
  'token_endpoint_auth_method',
  'client_uri',
  'logo_uri',
  'tos_uri',
  'policy_uri',
  'contacts',
  'software_id',
  'software_version',
  'software_statement',
  'application_type',
  'subject_type',
  'sector_identifier_uri',
  'default_max_age',
  'require_auth_time',
  'default_acr_values',
  'initiate_login_uri',
  'request_uris',
  'id_token_signed_response_alg',
  'id_token_encrypted_response_alg',
  'id_token_encrypted_response_enc',
  'userinfo_signed_response_alg',
  'userinfo_encrypted_response_alg',
  'userinfo_encrypted_response_enc',
  'request_object_signing_alg',
  'request_object_encryption_alg',
  'request_object_encryption_enc',
  'token_endpoint_auth_signing_alg',
  'authorization_signed_response_alg',
  'introspection_signed_response_alg',
  'post_logout_redirect_uris',
  'frontchannel_logout_uri',
  'frontchannel_logout_session_required',
  'backchannel_logout_uri',
  'backchannel_logout_session_required',
  'tls_client_auth_subject_dn',
  'tls_client_auth_san_dns',
  'tls_client_auth_san_uri',
  'tls_client_auth_san_ip',
  'tls_client_auth_san_email',
  'tls_client_certificate_bound_access_tokens',
  'dpop_bound_access_tokens',
  'require_pushed_authorization_requests',
  'require_signed_request_object',
  'authorization_details_types',
]

/** The keys of a client have other names as parameters: a profile's jwks_uri has those of the server. */
const renamed: Record<string, string> = { jwks_uri: 'client_jwks_uri', jwks: 'client_jwks' }

/** Every member with the parameter that gives it. */
const parameterOfMember: readonly (readonly [string, string])[] = [
  ...members.map((member) => [member, member] as const),
  ...Object.entries(renamed),
]

/** The parameter that a member of client metadata is given by; the member's own name for one that has none. */
export function parameterOf(member: string): string {
  return renamed[member] ?? member
}

/** The members of client metadata that have a parameter. */
export function knownMembers(): string[] {
  return parameterOfMember.map(([member]) => member)
}

/**
 * Client metadata as parameters give it: what is not given is not sent, an empty value is sent as it is, and what is given
 * as JSON wins.
 * @throws ProblemError parameter-invalid for a text that is no JSON object
 * @see RFC 7591 §2, OpenID Connect Registration §2
 */
export function clientMetadataOf(parameters: ParameterValues): JsonObject {
  const given = parameterOfMember.flatMap(([member, parameter]): [string, Json][] => {
    const value = parameters[parameter]
    if (value === undefined) return []
    return [[member, member === 'jwks' && value !== '' ? objectIn(parameters, parameter) : value]]
  })
  const further = (parameters.further_metadata ?? '') === '' ? {} : objectIn(parameters, 'further_metadata')
  return { ...Object.fromEntries(given), ...further }
}

function objectIn(parameters: ParameterValues, name: string): JsonObject {
  try {
    const read = JSON.parse(String(parameters[name])) as Json
    if (isJsonObject(read)) return read
  } catch {
    // Said below, without the text: it may hold a private key.
  }
  throw problem('parameter-invalid', `The text must be one JSON object (${name}).`, {
    fields: [{ name, detail: 'This is no JSON object.' }],
  })
}
