/**
 * What a name says of its value:
 * - `password`: passwords and one-time codes, masked at any length and without a fingerprint
 * - `secret`: a client's secret, masked at any length
 * - `token`: tokens, assertions, code verifiers, masked at any length
 * - `named`: a value whose name says only that it is one, masked from 8 characters: shorter ones are settings or names
 * - `code`: masked from 8 characters, and in JSON not when it is words: the name also stands for error codes
 * - `credentials`: the value of an Authorization header, whose scheme stays readable
 */
export type SecretKind = 'password' | 'secret' | 'token' | 'named' | 'code' | 'credentials'

/** Values shorter than this are masked only where nothing but a secret can stand. */
export const shortestToken = 8

/** Names without `_` and `-`, in lower case, so that accessToken and access_token are one. */
const kinds: Record<string, SecretKind> = {
  clientsecret: 'secret',
  secret: 'named',
  apikey: 'secret',
  xapikey: 'secret',
  apisecret: 'secret',
  clientassertion: 'token',
  assertion: 'token',
  code: 'code',
  authorizationcode: 'token',
  codeverifier: 'token',
  accesstoken: 'token',
  bearertoken: 'token',
  refreshtoken: 'token',
  idtoken: 'token',
  idtokenhint: 'token',
  consenttoken: 'token',
  logouttoken: 'token',
  token: 'code',
  subjecttoken: 'token',
  actortoken: 'token',
  devicecode: 'token',
  authreqid: 'token',
  registrationaccesstoken: 'token',
  initialaccesstoken: 'token',
  xauthtoken: 'token',
  samlresponse: 'token',
  password: 'password',
  passwd: 'password',
  pwd: 'password',
  passphrase: 'password',
  passcode: 'password',
  otp: 'password',
  totp: 'password',
  onetimecode: 'password',
  onetimepassword: 'password',
  mfacode: 'password',
  verificationcode: 'password',
  authorization: 'credentials',
  proxyauthorization: 'credentials',
}

const endings: [string, SecretKind][] = [
  ['password', 'password'],
  ['passwd', 'password'],
  ['clientsecret', 'secret'],
  ['apikey', 'secret'],
  ['accesstoken', 'token'],
  ['refreshtoken', 'token'],
  ['idtoken', 'token'],
]

const worthALook = /token|code|secret|assert|pass|pwd|otp|authori|api|verifier|hint|saml|authreq/i

/** What a field, parameter, input or header name says of its value; undefined for everyday names. Of `user[password]` the last part counts. */
export function kindOfName(name: string): SecretKind | undefined {
  if (name.length > 80 || !worthALook.test(name)) return undefined
  const parts = name.split(/[.[\]:]+/).filter((part) => part !== '')
  const key = keyOf(parts.at(-1) ?? '')
  // `Object.hasOwn`: a field named `constructor` is no secret.
  if (Object.hasOwn(kinds, key)) return kinds[key]
  return endings.find(([ending]) => key.endsWith(ending))?.[1]
}

/** True when a value is itself one of the known names, such as `password` or `client_secret`. */
export function isFieldName(value: string): boolean {
  return Object.hasOwn(kinds, keyOf(value))
}

function keyOf(name: string): string {
  return name.replace(/[_\-\s]/g, '').toLowerCase()
}

/** True for `invalid_request`, `Unauthorized` and other words; a random value of useful length is none of them. */
export function looksLikeWords(value: string): boolean {
  return value.length <= 64 && /^[A-Za-z]{1,24}(?:[ _.:-][A-Za-z]{1,24})*$/.test(value)
}

/** True when a value under a name of this kind is masked there. Text that is a mask already stays as it is. */
export function isMaskedThere(kind: SecretKind, clear: string): boolean {
  if (clear === '' || clear.startsWith('●●●●')) return false
  return (kind !== 'code' && kind !== 'named') || clear.length >= shortestToken
}
