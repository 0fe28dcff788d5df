import { problem, type ProblemError } from './problem-error.ts'
import { nameOf, type NetworkPlace } from './network-place.ts'

interface CertificateWords {
  says: string
  whatToDo: string[]
}

const trustIssuer =
  'If you trust the issuer (a company CA, say), put its certificate in PEM form into a file and name that (ca_file), or set NODE_EXTRA_CA_CERTS to it.'
const sendChain = 'Let the server send its intermediate certificates along with its own.'
const renew = 'Renew the certificate on the server.'
const checkClock = 'Check the clock of this machine.'

const unknownIssuer: CertificateWords = {
  says: 'comes from an issuer that is not known here',
  whatToDo: [trustIssuer, sendChain],
}
const selfSigned: CertificateWords = {
  says: 'is signed by a certificate that is not trusted here',
  whatToDo: [trustIssuer, 'Check whether a proxy or virus scanner stands between and signs for the server.'],
}
const unusable: CertificateWords = {
  says: 'is not one that a TLS client may accept',
  whatToDo: ['Issue a new certificate for the server.'],
}

const certificateWords: Record<string, CertificateWords> = {
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    says: 'is signed by itself and not trusted here',
    whatToDo: [trustIssuer.replace('the issuer (a company CA, say)', 'it'), 'Use a certificate of a known issuer.'],
  },
  SELF_SIGNED_CERT_IN_CHAIN: selfSigned,
  CERT_UNTRUSTED: selfSigned,
  CERT_HAS_EXPIRED: { says: 'has expired', whatToDo: [renew, checkClock] },
  CERT_NOT_YET_VALID: { says: 'is not valid yet', whatToDo: [checkClock, renew] },
  CERT_REVOKED: { says: 'is revoked', whatToDo: [renew] },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    says: 'is for other names',
    whatToDo: ['Check the address.', 'Issue a certificate whose alternative names contain this host.'],
  },
  CERT_CHAIN_TOO_LONG: unusable,
  CERT_SIGNATURE_FAILURE: unusable,
  CERT_REJECTED: unusable,
  INVALID_CA: unusable,
  INVALID_PURPOSE: unusable,
  PATH_LENGTH_EXCEEDED: unusable,
  EE_KEY_TOO_SMALL: unusable,
  CA_KEY_TOO_SMALL: unusable,
  CA_MD_TOO_WEAK: unusable,
}

/** The problem for a refused certificate; undefined when the code is not about certificates. */
export function certificateProblem(code: string, place: NetworkPlace): ProblemError | undefined {
  const known = certificateWords[code] ?? (/^(?:CERT|CRL)_/.test(code) ? unusable : undefined)
  if (!known) return undefined
  const subject = place.certificateSubject ? ` (${place.certificateSubject.slice(0, 300)})` : ''
  const detail = `The certificate of ${nameOf(place)}${subject} ${known.says} (${code}).`
  return problem('tls-untrusted', detail, {
    whatToDo: [...known.whatToDo, 'Nothing was sent. The chain can be read in the connection of this request.'],
  })
}

/** The problem for a certificate that did not pass; what OpenSSL calls it when there are no better words. */
export function untrustedCertificateProblem(code: string, place: NetworkPlace): ProblemError {
  return certificateProblem(code, place) ?? certificateProblem('CERT_UNTRUSTED', place)!
}
