import type { CatalogueLine } from './catalogue-line.ts'

/** What the headers of JWS and JWE carry. @see RFC 7515 §4.1, RFC 7516 §4.1 */
export const headerParameters: Record<string, CatalogueLine> = {
  alg: ['text', 'How the token is signed, or how its key is encrypted.', 'RFC 7515 §4.1.1'],
  enc: ['text', 'How the content is encrypted.', 'RFC 7516 §4.1.2'],
  zip: ['text', 'How the content was compressed before it was encrypted.', 'RFC 7516 §4.1.3'],
  typ: ['text', 'What kind of thing the whole token is.', 'RFC 7515 §4.1.9'],
  cty: ['text', 'What kind of thing the content is; JWT for a token inside.', 'RFC 7515 §4.1.10'],
  kid: ['text', 'Which key it was signed with or encrypted for.', 'RFC 7515 §4.1.4'],
  jku: ['text', 'Where the sender says the keys are; a stranger can write anything there.', 'RFC 7515 §4.1.2'],
  jwk: ['json', 'The key the sender says it is; a stranger can put one of his own.', 'RFC 7515 §4.1.3'],
  x5u: ['text', 'Where the sender says the certificate is.', 'RFC 7515 §4.1.5'],
  x5c: ['list', 'The certificate the sender says it is, with its chain.', 'RFC 7515 §4.1.6'],
  x5t: ['text', 'The SHA-1 hash of the certificate.', 'RFC 7515 §4.1.7'],
  'x5t#S256': ['text', 'The SHA-256 hash of the certificate.', 'RFC 7515 §4.1.8'],
  crit: ['list', 'Header parameters that a reader must understand, or refuse the token.', 'RFC 7515 §4.1.11'],
  b64: ['flag', 'False when the payload stands there as it is, not base64url-encoded.', 'RFC 7797 §3'],
  apu: ['text', 'Says something of the sender to the key agreement.', 'RFC 7518 §4.6.1.2'],
  apv: ['text', 'Says something of the receiver to the key agreement.', 'RFC 7518 §4.6.1.3'],
  epk: ['json', 'The key that was made for this one key agreement.', 'RFC 7518 §4.6.1.1'],
  iv: ['text', 'The initialization vector with which the key was encrypted.', 'RFC 7518 §4.7.1.1'],
  tag: ['text', 'The authentication tag of the encrypted key.', 'RFC 7518 §4.7.1.2'],
  p2s: ['text', 'The salt with which the key was made of a password.', 'RFC 7518 §4.8.1.1'],
  p2c: ['number', 'How many rounds made the key of a password.', 'RFC 7518 §4.8.1.2'],
  url: ['text', 'ACME: the address the message is meant for.', 'RFC 8555 §6.4.1'],
  nonce: ['text', 'ACME: a value used once. Microsoft: the token is meant for Microsoft alone.', 'RFC 8555 §6.5.2'],
  trust_chain: ['list', 'OpenID Federation: who vouches for the sender.', 'OpenID Federation §4.3'],
}
