import type { JsonObject } from '../json.ts'
import type { JudgedUse } from './judged-facts.ts'

/** What a token is judged as, when nobody said so, with the reason. */
export function judgedUseOf(header: JsonObject, claims: JsonObject): { use: JudgedUse; because: string } {
  const typ = typeof header.typ === 'string' ? header.typ.toLowerCase().replace(/^application\//, '') : ''
  if (typ === 'at+jwt') return { use: 'access_token', because: 'typ is at+jwt.' }
  if (typ !== '' && typ !== 'jwt') return { use: 'other', because: `typ is ${typ.slice(0, 40)}.` }
  return ofClaims(claims)
}

function ofClaims(claims: JsonObject): { use: JudgedUse; because: string } {
  const said = claims.token_use ?? claims.typ
  if (said === 'id' || said === 'ID') return { use: 'id_token', because: 'The claims say that it is an ID token.' }
  if (said === 'access' || said === 'Bearer') {
    return { use: 'access_token', because: 'The claims say that it is an access token.' }
  }
  const ofIdToken = ['at_hash', 'c_hash', 'nonce', 'auth_time'].find((name) => claims[name] !== undefined)
  const ofAccessToken = ['scope', 'scp', 'client_id', 'cid'].find((name) => claims[name] !== undefined)
  if (ofAccessToken) return { use: 'access_token', because: `It has ${ofAccessToken}.` }
  if (ofIdToken) return { use: 'id_token', because: `It has ${ofIdToken}.` }
  return { use: 'other', because: 'Nothing in it says what it is.' }
}
