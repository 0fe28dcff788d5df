import type { CatalogueLine } from './catalogue-line.ts'
import { headerParameters } from './header-parameters.ts'
import type { ClaimFamily, ClaimRow } from './inspection.ts'
import { vendorClaims } from './vendor-claims.ts'

/** What is known of a header parameter or a claim by its name. */
export interface ClaimFacts {
  family: ClaimFamily
  /** what it means, in one sentence; of a vendor's claim it begins with the vendor's name */
  meaning: string
  /** where it is registered or documented */
  section: string
  shape: ClaimRow['shape']
}

/** Claims of any JWT. @see RFC 7519 §4.1 */
const jwtClaims: Record<string, CatalogueLine> = {
  iss: ['text', 'Who issued the token.', 'RFC 7519 §4.1.1'],
  sub: ['text', 'Whom the token is about; unique at its issuer.', 'RFC 7519 §4.1.2'],
  aud: ['list', 'Whom the token is meant for; anybody else must refuse it.', 'RFC 7519 §4.1.3'],
  exp: ['time', 'From this time on the token must be refused.', 'RFC 7519 §4.1.4'],
  nbf: ['time', 'Before this time the token must be refused.', 'RFC 7519 §4.1.5'],
  iat: ['time', 'When the token was issued.', 'RFC 7519 §4.1.6'],
  jti: ['text', 'Names this one token, so that a second use can be noticed.', 'RFC 7519 §4.1.7'],
  cnf: ['json', 'The key that whoever shows the token must prove to have.', 'RFC 7800 §3.1'],
  events: ['json', 'What happened, each event under the address that names its kind.', 'RFC 8417 §2.2'],
  txn: ['text', 'Names the transaction that the token belongs to.', 'RFC 8417 §2.2'],
  toe: ['time', 'When the event happened.', 'RFC 8417 §2.2'],
  sub_id: ['json', 'Whom the token is about, told in a structured way.', 'RFC 9493 §4.1'],
  status: ['json', 'Where it can be asked whether the token still holds.', 'OAuth Token Status List'],
  vot: ['text', 'How far the identity can be trusted.', 'RFC 8485 §3.2'],
  vtm: ['text', 'The address of the trust framework that vot is to be read with.', 'RFC 8485 §3.2'],
  htm: ['text', 'DPoP: the method of the request that the proof is for.', 'RFC 9449 §4.2'],
  htu: ['text', 'DPoP: the address of the request, without query and fragment.', 'RFC 9449 §4.2'],
  ath: ['text', 'DPoP: the hash of the access token that goes along.', 'RFC 9449 §4.2'],
  _sd: ['list', 'Hashes of claims that are disclosed one by one.', 'RFC 9901 §4.2.4.1'],
  _sd_alg: ['text', 'The hash algorithm of the disclosures.', 'RFC 9901 §4.1.1'],
}

/** What access tokens carry besides. @see RFC 9068 §2.2 */
const accessTokenClaims: Record<string, CatalogueLine> = {
  client_id: ['text', 'The client the token was issued to.', 'RFC 8693 §4.3'],
  scope: ['words', 'What the token allows, words separated by spaces.', 'RFC 8693 §4.2'],
  act: ['json', 'Who acts for the subject.', 'RFC 8693 §4.1'],
  may_act: ['json', 'Who may act for the subject.', 'RFC 8693 §4.4'],
  authorization_details: ['json', 'What the token allows, in detail.', 'RFC 9396 §9.1'],
  entitlements: ['list', 'What the subject is entitled to.', 'RFC 9068 §2.2.3.1'],
  token_introspection: ['json', 'The answer of the introspection endpoint, signed.', 'RFC 9701 §5'],
}

/** What ID tokens, logout tokens and userinfo answers carry. @see OpenID Connect Core §2, §5.1 */
const openidClaims: Record<string, CatalogueLine> = {
  nonce: ['text', 'Ties the token to the request that asked for it.', 'OpenID Connect Core §2'],
  auth_time: ['time', 'When the user signed in.', 'OpenID Connect Core §2'],
  acr: ['text', 'How strong the sign-in was, by its class.', 'OpenID Connect Core §2'],
  amr: ['list', 'How the user signed in, such as pwd or otp.', 'OpenID Connect Core §2, RFC 8176'],
  azp: ['text', 'The client the ID token was issued to.', 'OpenID Connect Core §2'],
  at_hash: ['text', 'Half the hash of the access token that came along.', 'OpenID Connect Core §3.1.3.6'],
  c_hash: ['text', 'Half the hash of the code that came along.', 'OpenID Connect Core §3.3.2.11'],
  s_hash: ['text', 'Half the hash of the state that was sent.', 'FAPI 1.0 Advanced §5.1'],
  sub_jwk: ['json', 'The public key of a self-issued ID token.', 'OpenID Connect Core §7.4'],
  sid: ['text', 'Names the session at the issuer.', 'OpenID Connect Back-Channel Logout §2.1'],
  name: ['text', 'The full name, as it is shown.', 'OpenID Connect Core §5.1'],
  given_name: ['text', 'The given or first names.', 'OpenID Connect Core §5.1'],
  family_name: ['text', 'The family or last names.', 'OpenID Connect Core §5.1'],
  middle_name: ['text', 'The middle names.', 'OpenID Connect Core §5.1'],
  nickname: ['text', 'The casual name.', 'OpenID Connect Core §5.1'],
  preferred_username: ['text', 'The name the user likes to be called by; it can change.', 'OpenID Connect Core §5.1'],
  profile: ['text', 'The address of the profile page.', 'OpenID Connect Core §5.1'],
  picture: ['text', 'The address of the picture.', 'OpenID Connect Core §5.1'],
  website: ['text', 'The address of the web page or blog.', 'OpenID Connect Core §5.1'],
  email: [
    'text',
    'The preferred e-mail address; it can change and be given to somebody else.',
    'OpenID Connect Core §5.1',
  ],
  email_verified: ['flag', 'Whether the e-mail address was found to be the user’s.', 'OpenID Connect Core §5.1'],
  gender: ['text', 'The gender.', 'OpenID Connect Core §5.1'],
  birthdate: ['text', 'The birthday, as YYYY-MM-DD, or the year alone.', 'OpenID Connect Core §5.1'],
  zoneinfo: ['text', 'The time zone, such as Europe/Paris.', 'OpenID Connect Core §5.1'],
  locale: ['text', 'The language, such as en-US.', 'OpenID Connect Core §5.1'],
  phone_number: ['text', 'The preferred telephone number.', 'OpenID Connect Core §5.1'],
  phone_number_verified: [
    'flag',
    'Whether the telephone number was found to be the user’s.',
    'OpenID Connect Core §5.1',
  ],
  address: ['json', 'The postal address.', 'OpenID Connect Core §5.1.1'],
  updated_at: ['time', 'When these claims were last changed.', 'OpenID Connect Core §5.1'],
  _claim_names: ['json', 'Claims that others hold.', 'OpenID Connect Core §5.6.2'],
  _claim_sources: ['json', 'Where claims that others hold can be had.', 'OpenID Connect Core §5.6.2'],
  verified_claims: ['json', 'Claims together with how they were verified.', 'OpenID Identity Assurance §4'],
}

const claimTables: readonly [ClaimFamily, Record<string, CatalogueLine>][] = [
  ['jwt', jwtClaims],
  ['access-token', accessTokenClaims],
  ['openid', openidClaims],
  ['vendor', vendorClaims],
]

/** What a claim means; undefined for one that neither a specification nor a known vendor has. */
export function factsOfClaim(name: string): ClaimFacts | undefined {
  for (const [family, table] of claimTables) {
    const line = Object.hasOwn(table, name) ? table[name] : undefined
    if (line) return factsOf(family, line)
  }
  // Claims of one's own under an address, as Auth0 has them.
  if (!/^https?:\/\/./.test(name)) return undefined
  return factsOf('vendor', [
    'json',
    'A claim of its owner, under an address so that it meets no other.',
    'RFC 7519 §4.2',
  ])
}

/** What a header parameter means; undefined for one that nobody registered. */
export function factsOfHeaderParameter(name: string): ClaimFacts | undefined {
  const line = Object.hasOwn(headerParameters, name) ? headerParameters[name] : undefined
  if (line) return factsOf('jose', line)
  // RFC 7519 §5.3: a claim may be repeated in the header, of an encrypted token above all.
  return Object.hasOwn(jwtClaims, name) ? factsOf('jwt', jwtClaims[name]!) : undefined
}

function factsOf(family: ClaimFamily, [shape, meaning, section]: CatalogueLine): ClaimFacts {
  return { family, shape, meaning, section }
}
