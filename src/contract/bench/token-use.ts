import type { JsonObject } from '../json.ts'
import type { InspectedToken } from './inspection.ts'
import type { JudgedUse } from './judged-facts.ts'

/** What a token most likely is, and by which sign. */
export interface TokenUse {
  use: InspectedToken['use']
  because: string
}

/** By the media type in the header: the surest sign, since it is signed and made for this. */
const byType: Record<string, [InspectedToken['use'], string]> = {
  'dpop+jwt': ['dpop-proof', 'RFC 9449 §4.2'],
  'logout+jwt': ['logout_token', 'OpenID Connect Back-Channel Logout §2.4'],
  'at+jwt': ['access_token', 'RFC 9068 §2.1'],
  'client-authentication+jwt': ['client-assertion', 'RFC 7523bis'],
}

/** By what it was called where it was found. */
const byLabel: Record<string, InspectedToken['use']> = {
  access_token: 'access_token',
  'Authorization: Bearer': 'access_token',
  'Authorization: DPoP': 'access_token',
  id_token: 'id_token',
  id_token_hint: 'id_token',
  refresh_token: 'refresh_token',
  code: 'code',
  logout_token: 'logout_token',
  client_assertion: 'client-assertion',
  DPoP: 'dpop-proof',
}

/** By a claim that says it outright. */
const bySaying: readonly [claim: string, value: string, use: InspectedToken['use'], whose: string][] = [
  ['token_use', 'id', 'id_token', 'Amazon Cognito'],
  ['token_use', 'access', 'access_token', 'Amazon Cognito'],
  ['typ', 'ID', 'id_token', 'Keycloak'],
  ['typ', 'Bearer', 'access_token', 'Keycloak'],
  ['typ', 'Refresh', 'refresh_token', 'Keycloak'],
  ['typ', 'Offline', 'refresh_token', 'Keycloak'],
]

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'

/** Tells what a token is for, from its header, its claims and what it was called where it was found (or nothing). */
export function useOf(label: string, header: JsonObject, claims: JsonObject): TokenUse {
  return fromType(header) ?? fromLabel(label) ?? fromOtherType(header) ?? fromClaims(claims) ?? unknown(header)
}

/** What a token is judged as, when nobody said so, with the reason: the same decision, for which there are rules. */
export function judgedUseOf(header: JsonObject, claims: JsonObject): { use: JudgedUse; because: string } {
  const { use, because } = useOf('', header, claims)
  return { use: use === 'id_token' || use === 'access_token' ? use : 'other', because }
}

function typeOf({ typ }: JsonObject): string {
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : ''
}

function fromType(header: JsonObject): TokenUse | undefined {
  const type = typeOf(header)
  const known = Object.hasOwn(byType, type) ? byType[type] : undefined
  return known && { use: known[0], because: `Its header says typ ${type} (${known[1]}).` }
}

/** A type of its own is neither an ID token nor an access token, whatever claims it has. @see RFC 8725 §3.11 */
function fromOtherType(header: JsonObject): TokenUse | undefined {
  const type = typeOf(header)
  return type === '' || type === 'jwt'
    ? undefined
    : { use: 'unknown', because: `Its header says typ ${type.slice(0, 40)}.` }
}

function fromLabel(label: string): TokenUse | undefined {
  const use = Object.hasOwn(byLabel, label) ? byLabel[label] : undefined
  return use && { use, because: `It was found as ${label}.` }
}

function fromClaims(claims: JsonObject): TokenUse | undefined {
  const said = bySaying.find(([claim, value]) => claims[claim] === value)
  if (said) return { use: said[2], because: `Its claim ${said[0]} says ${said[1]}, as ${said[3]} does.` }
  return fromShape(claims) ?? fromNames(claims)
}

function fromShape(claims: JsonObject): TokenUse | undefined {
  if (isObjectWith(claims.events, logoutEvent)) {
    return { use: 'logout_token', because: 'Its events name a back-channel logout.' }
  }
  if (Object.hasOwn(claims, 'htm') && Object.hasOwn(claims, 'htu')) {
    return { use: 'dpop-proof', because: 'It names a method and an address (htm, htu).' }
  }
  return undefined
}

/** Names of claims that only one kind has, surer ones first. */
const byName: readonly [claims: readonly string[], use: InspectedToken['use'], whose: string][] = [
  [['scope', 'scp', 'client_id', 'cid', 'appid'], 'access_token', 'access tokens'],
  [['nonce', 'at_hash', 'c_hash', 'auth_time', 'azp'], 'id_token', 'ID tokens'],
]

function fromNames(claims: JsonObject): TokenUse | undefined {
  for (const [names, use, whose] of byName) {
    const name = names.find((one) => Object.hasOwn(claims, one))
    if (name) return { use, because: `It has ${name}, as ${whose} do.` }
  }
  if (typeof claims.sub === 'string' && claims.iss === claims.sub && Object.hasOwn(claims, 'aud')) {
    return { use: 'client-assertion', because: 'Issuer and subject are the same: a client speaks for itself.' }
  }
  return undefined
}

function isObjectWith(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
}

function unknown(header: JsonObject): TokenUse {
  const because =
    Object.keys(header).length === 0
      ? 'Nothing in it can be read, and nothing around it says what it is.'
      : 'Neither its header nor its claims say what it is for.'
  return { use: 'unknown', because }
}
