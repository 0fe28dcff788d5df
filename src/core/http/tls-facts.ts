import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { CertificateFacts, TlsFacts } from '../../contract/http.ts'

const longestChain = 12

/** What is shown of a secure connection. Read once, right after the handshake: later the socket may not tell any more. */
export function tlsFactsOf(socket: TLSSocket, host: string): TlsFacts {
  const error = socket.authorizationError as unknown
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher()?.standardName ?? 'unknown',
    serverName: host,
    authorized: !error,
    ...(error ? { authorizationError: error instanceof Error ? error.message : String(error) } : {}),
    chain: chainOf(socket.getPeerX509Certificate()),
  }
}

function chainOf(leaf: X509Certificate | undefined): CertificateFacts[] {
  const chain: CertificateFacts[] = []
  // A root names itself as its issuer, so a certificate seen before ends the walk.
  for (let next = leaf; next && chain.length < longestChain; next = next.issuerCertificate) {
    const { fingerprint256 } = next
    if (chain.some((certificate) => certificate.fingerprint256 === fingerprint256)) break
    chain.push(certificateFactsOf(next))
  }
  return chain
}

function certificateFactsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    ...(certificate.subjectAltName ? { subjectAltName: certificate.subjectAltName } : {}),
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
    fingerprint256: certificate.fingerprint256,
    serialNumber: certificate.serialNumber,
    pem: certificate.toString(),
  }
}

/** Node gives a name one attribute per line; a name may be empty when only the alternative names count. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ')
}
