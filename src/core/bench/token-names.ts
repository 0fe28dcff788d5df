import { looksLikeWords } from '../http/masking/secret-names.ts'
import { isTokenText } from './read-segments.ts'

/** How a name, without `_` and `-` in lower case, is called here, and whether only a JWT counts under it. */
const names: Record<string, { label: string; onlyJwt?: true }> = {
  accesstoken: { label: 'access_token' },
  idtoken: { label: 'id_token' },
  idtokenhint: { label: 'id_token_hint' },
  refreshtoken: { label: 'refresh_token' },
  code: { label: 'code' },
  authorizationcode: { label: 'code' },
  logouttoken: { label: 'logout_token' },
  clientassertion: { label: 'client_assertion' },
  assertion: { label: 'assertion' },
  subjecttoken: { label: 'subject_token' },
  actortoken: { label: 'actor_token' },
  registrationaccesstoken: { label: 'registration_access_token' },
  softwarestatement: { label: 'software_statement', onlyJwt: true },
  signedmetadata: { label: 'signed_metadata', onlyJwt: true },
  token: { label: 'token' },
  jwt: { label: 'jwt', onlyJwt: true },
  request: { label: 'request', onlyJwt: true },
  response: { label: 'response', onlyJwt: true },
  secevent: { label: 'logout_token', onlyJwt: true },
}

/**
 * The name under which a value is a token; undefined for every other value. `code` and `token` also name other things:
 * words under them are none.
 */
export function tokenLabelOf(name: string, value: string): string | undefined {
  const key = name.length > 80 ? '' : name.replace(/[_\-\s]/g, '').toLowerCase()
  const known = Object.hasOwn(names, key) ? names[key] : undefined
  if (isTokenText(value)) return known?.label ?? name.slice(0, 80)
  return known && !known.onlyJwt && isOpaque(known.label, value) ? known.label : undefined
}

function isOpaque(label: string, value: string): boolean {
  if (value.trim() === '' || value.startsWith('●●●●')) return false
  const isVague = label === 'code' || label === 'token'
  return !isVague || (value.length >= 8 && !looksLikeWords(value))
}
