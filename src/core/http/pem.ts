import { X509Certificate } from 'node:crypto'

const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g
const privateKeyBlock = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[^]+?-----END (?:[A-Z]+ )*PRIVATE KEY-----/

/** The certificates of a PEM text, in its order. One that cannot be read does not take the others with it. */
export function certificatesIn(text: string): string[] {
  return (text.match(certificateBlock) ?? []).filter((pem) => readCertificate(pem) !== undefined)
}

/** The first private key of a PEM text, as it stands there. */
export function privateKeyIn(text: string): string | undefined {
  return privateKeyBlock.exec(text)?.[0]
}

/** True for a certificate that names itself as its issuer: a root, or one that a server made for itself. */
export function isSelfIssued(pem: string): boolean {
  const certificate = readCertificate(pem)
  return certificate !== undefined && certificate.issuer === certificate.subject
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined
  }
}
