import { generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

/** A certificate with its private key, both PEM. */
export interface TestCertificate {
  cert: string
  key: string
}

/** What a certificate of the test CA is for. */
export interface TestCertificateOptions {
  /** DNS names and IP addresses; default `localhost`, `127.0.0.1`, `::1` */
  names?: string[]
  /** default: an hour ago */
  validFrom?: Date
  /** default: in a day */
  validTo?: Date
  /** who shows it in a handshake; default `server` */
  purpose?: 'server' | 'client'
}

/** A private certificate authority, trusted by nobody until its certificate is handed over. */
export interface TestCa {
  /** the root certificate, PEM: what NODE_EXTRA_CA_CERTS would name */
  certificate: string
  /** a certificate with those of its issuers after it, as a server sends them; `alone` has no others */
  issue(options?: TestCertificateOptions): TestCertificate & { alone: string }
  /** an authority below this one */
  intermediate(name: string): TestCa
}

const hour = 3_600_000

/** Makes a certificate authority in memory; `name` is the common name of its root. No command and no file is needed. */
export function createTestCa(name = 'Grantlab test CA'): TestCa {
  const keys = makeKeys()
  const certificate = authorityCertificate({ subject: name, issuer: name, keys, signer: keys.privateKey })
  return authority({ name, keys, certificate, above: '' })
}

/** A certificate that a server made for itself, signed by its own key. */
export function createSelfSigned(names: string[] = ['localhost']): TestCertificate {
  const keys = makeKeys()
  const [subject = 'localhost'] = names
  const extensions = leafExtensions(names, 'server')
  const cert = sign({ subject, issuer: subject, keys, signer: keys.privateKey, extensions })
  return { cert, key: forge.pki.privateKeyToPem(keys.privateKey) }
}

function authorityCertificate(signing: Omit<Signing, 'extensions'>): string {
  return sign({
    ...signing,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      { name: 'subjectKeyIdentifier' },
    ],
  })
}

interface Authority {
  name: string
  keys: forge.pki.rsa.KeyPair
  certificate: string
  /** the certificates over this one */
  above: string
}

function authority({ name, keys, certificate, above }: Authority): TestCa {
  const signer = keys.privateKey
  return {
    certificate,
    issue({ names = ['localhost', '127.0.0.1', '::1'], purpose = 'server', ...validity } = {}) {
      const own = makeKeys()
      const subject = names[0] ?? 'localhost'
      const extensions = leafExtensions(names, purpose)
      const alone = sign({ subject, issuer: name, keys: own, signer, extensions, ...validity })
      return { cert: alone + certificate + above, key: forge.pki.privateKeyToPem(own.privateKey), alone }
    },
    intermediate(below) {
      const own = makeKeys()
      const signed = authorityCertificate({ subject: below, issuer: name, keys: own, signer })
      return authority({ name: below, keys: own, certificate: signed, above: certificate + above })
    },
  }
}

function leafExtensions(names: string[], purpose: 'server' | 'client'): object[] {
  const altNames = names.map((value) => (/^[\d.]+$|:/.test(value) ? { type: 7, ip: value } : { type: 2, value }))
  return [
    { name: 'basicConstraints', cA: false },
    { name: 'extKeyUsage', serverAuth: purpose === 'server', clientAuth: purpose === 'client' },
    { name: 'subjectAltName', altNames },
  ]
}

interface Signing {
  subject: string
  issuer: string
  keys: forge.pki.rsa.KeyPair
  signer: forge.pki.rsa.PrivateKey
  extensions: object[]
  validFrom?: Date
  validTo?: Date
}

let serial = 1

function sign({ subject, issuer, keys, signer, extensions, validFrom, validTo }: Signing): string {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = keys.publicKey
  certificate.serialNumber = (0x1000 + serial++).toString(16)
  certificate.validity.notBefore = validFrom ?? new Date(Date.now() - hour)
  certificate.validity.notAfter = validTo ?? new Date(Date.now() + 24 * hour)
  certificate.setSubject([{ name: 'commonName', value: subject }])
  certificate.setIssuer([{ name: 'commonName', value: issuer }])
  certificate.setExtensions(extensions)
  certificate.sign(signer, forge.md.sha256.create())
  return forge.pki.certificateToPem(certificate)
}

/** Node makes RSA keys a hundred times faster than plain JavaScript does. */
function makeKeys(): forge.pki.rsa.KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return {
    privateKey: forge.pki.privateKeyFromPem(privateKey),
    publicKey: forge.pki.publicKeyFromPem(publicKey),
  }
}
