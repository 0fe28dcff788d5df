import type { ClaimFamily, InspectedToken, TokenFault } from '../../../contract/bench/inspection.ts'

const uses: Record<Exclude<InspectedToken['use'], 'unknown'>, string> = {
  id_token: 'ID token',
  access_token: 'Access token',
  refresh_token: 'Refresh token',
  code: 'Code',
  logout_token: 'Logout token',
  'client-assertion': 'Client assertion',
  'dpop-proof': 'DPoP proof',
}

/** What each form of a token is called. */
export const formTitles: Record<InspectedToken['form'], string> = {
  jws: 'JWT',
  jwe: 'encrypted JWT',
  unsecured: 'unsigned JWT',
  opaque: 'opaque',
  malformed: 'malformed',
}

/** What a token is called: by its use where that is known, else by its form. */
export function titleOfToken({ use, form }: Pick<InspectedToken, 'use' | 'form'>): string {
  if (use !== 'unknown') return uses[use]
  return form === 'opaque' || form === 'malformed' ? `${capital(formTitles[form])} token` : capital(formTitles[form])
}

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1)

/** Whose word a claim is, in short; those of nobody known have none. */
export const familyMarks: Record<ClaimFamily, { mark: string; meaning: string } | undefined> = {
  jose: { mark: 'JOSE', meaning: 'A header parameter of signed and encrypted tokens.' },
  jwt: { mark: 'JWT', meaning: 'A registered claim of any JWT.' },
  'access-token': { mark: 'RFC 9068', meaning: 'A claim of access tokens.' },
  openid: { mark: 'OpenID', meaning: 'A claim of OpenID Connect.' },
  vendor: { mark: 'vendor', meaning: 'A claim of a product.' },
  unknown: undefined,
}

/** What each part of a token is called. */
export const segmentTitles: Record<NonNullable<TokenFault['segment']>, string> = {
  header: 'header',
  payload: 'payload',
  signature: 'signature',
  'encrypted-key': 'encrypted key',
  iv: 'initialization vector',
  ciphertext: 'ciphertext',
  tag: 'authentication tag',
}

/** Where a fault is, for a person; characters count from 1. */
export function placeOfFault({ segment, offset, inDecoded, pointer }: TokenFault): string {
  const part = segment ? `${inDecoded ? 'decoded ' : ''}${segmentTitles[segment]}` : 'token'
  const character = offset === undefined ? '' : `, character ${(offset + 1).toLocaleString('en')}`
  return `${part}${character}${pointer ? `, ${pointer}` : ''}`
}
