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
}

/** A private certificate authority, trusted by nobody until its certificate is handed over. */
export interface TestCa {
  /** the root certificate, PEM: what NODE_EXTRA_CA_CERTS would name */
  certificate: string
  issue(options?: TestCertificateOptions): TestCertificate
}

const hour = 3_600_000

/** Makes a certificate authority in memory; `name` is the common name of its root. No command and no file is needed. */
export function createTestCa(name = 'Grantlab test CA'): TestCa {
  const keys = makeKeys()
  const root = sign({
    subject: name,
    issuer: name,
    keys,
    signer: keys.privateKey,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      { name: 'subjectKeyIdentifier' },
    ],
  })
  return {
    certificate: root,
    issue({ names = ['localhost', '127.0.0.1', '::1'], ...validity } = {}) {
      const own = makeKeys()
      const altNames = names.map((value) => (/^[\d.]+$|:/.test(value) ? { type: 7, ip: value } : { type: 2, value }))
      const cert = sign({
        subject: names[0] ?? 'localhost',
        issuer: name,
        keys: own,
        signer: keys.privateKey,
        extensions: [
          { name: 'basicConstraints', cA: false },
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames },
        ],
        ...validity,
      })
      return { cert: cert + root, key: forge.pki.privateKeyToPem(own.privateKey) }
    },
  }
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
