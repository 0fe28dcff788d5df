import type { InspectedToken } from '../../contract/bench/inspection.ts'
import type { JsonObject } from '../../contract/json.ts'

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

/** Tells what a token is for, from its header, its claims and where it was found. */
export function useOf(label: string, header: JsonObject, claims: JsonObject): TokenUse {
  return fromType(header) ?? fromLabel(label) ?? fromClaims(claims) ?? unknown(header)
}

function fromType({ typ }: JsonObject): TokenUse | undefined {
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : ''
  const known = Object.hasOwn(byType, type) ? byType[type] : undefined
  return known && { use: known[0], because: `Its header says typ ${type} (${known[1]}).` }
}

function fromLabel(label: string): TokenUse | undefined {
  const use = Object.hasOwn(byLabel, label) ? byLabel[label] : undefined
  return use && { use, because: `It was found as ${label}.` }
}

function fromClaims(claims: JsonObject): TokenUse | undefined {
  const has = (...names: string[]) => names.find((name) => Object.hasOwn(claims, name))
  const said = bySaying.find(([claim, value]) => claims[claim] === value)
  if (said) return { use: said[2], because: `Its claim ${said[0]} says ${said[1]}, as ${said[3]} does.` }
  if (isObjectWith(claims.events, logoutEvent)) {
    return { use: 'logout_token', because: 'Its events name a back-channel logout.' }
  }
  if (has('htm') && has('htu')) return { use: 'dpop-proof', because: 'It names a method and an address (htm, htu).' }
  const ofIdToken = has('nonce', 'at_hash', 'c_hash', 'auth_time', 'azp')
  const ofAccessToken = has('scope', 'scp', 'client_id', 'cid', 'appid')
  if (ofAccessToken) return { use: 'access_token', because: `It has ${ofAccessToken}, as access tokens do.` }
  if (ofIdToken) return { use: 'id_token', because: `It has ${ofIdToken}, as ID tokens do.` }
  if (typeof claims.sub === 'string' && claims.iss === claims.sub && has('aud')) {
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
