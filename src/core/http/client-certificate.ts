import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { problem, type ProblemError } from '../problems/problem-error.ts'
import { certificatesIn, privateKeyIn } from './pem.ts'

/** What a TLS handshake shows for this client, as `createSecureContext` takes it. */
export type ClientCertificate = { cert: string; key: string } | { pfx: Buffer; passphrase?: string }

/** A client certificate as it was given: the file's content, and what else belongs to it. */
export interface GivenCertificate {
  /** path, for messages */
  file: string
  content: Uint8Array
  /** PEM, when the file does not hold it */
  key?: string | undefined
  passphrase?: string | undefined
  /** milliseconds since 1970 */
  now: number
}

/**
 * Reads a client certificate and checks that its key opens and belongs to it, so that a mistake is told here and not as
 * a broken handshake. `endedOn` is set when it has expired: whether that matters is for the server to say.
 * @throws ProblemError `certificate-invalid` naming the file; SECURITY: no text of a key or passphrase is in it
 */
export function readClientCertificate(given: GivenCertificate): { certificate: ClientCertificate; endedOn?: Date } {
  const text = Buffer.from(given.content).toString('latin1')
  return text.includes('-----BEGIN ') ? readPem(given, text) : { certificate: readPkcs12(given) }
}

function readPem(given: GivenCertificate, text: string): { certificate: ClientCertificate; endedOn?: Date } {
  const chain = certificatesIn(text)
  if (chain.length === 0) throw unusable(given, 'holds no PEM certificate that can be read')
  const pem = given.key ?? privateKeyIn(text)
  if (pem === undefined)
    throw unusable(given, 'holds no private key', 'Name the secret that holds it (client_key), or add it to the file.')
  const key = openKey(given, pem)
  const leaf = chain.map((one) => new X509Certificate(one)).find((one) => one.checkPrivateKey(key))
  if (!leaf)
    throw unusable(
      given,
      'and its private key do not belong together',
      'Use the key that this certificate was made for.',
    )
  // A server takes the first certificate as the client's own, whatever the order in the file.
  const own = leaf.toString()
  const others = chain.filter((one) => new X509Certificate(one).fingerprint256 !== leaf.fingerprint256)
  const certificate = { cert: [own, ...others].join('\n'), key: key.export({ type: 'pkcs8', format: 'pem' }) as string }
  return leaf.validToDate.getTime() < given.now ? { certificate, endedOn: leaf.validToDate } : { certificate }
}

function openKey(given: GivenCertificate, pem: string): KeyObject {
  const from = given.key === undefined ? 'has a private key that' : 'needs a private key, and what client_key names'
  try {
    return createPrivateKey({ key: pem, format: 'pem', ...passphraseOf(given) })
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ERR_MISSING_PASSPHRASE' || (isEncrypted(pem) && given.passphrase === undefined))
      throw unusable(given, `${from} is encrypted`, 'Name the secret with its passphrase (client_key_passphrase).')
    if (isEncrypted(pem)) throw unusable(given, `${from} does not open with this passphrase`, checkPassphrase)
    throw unusable(
      given,
      `${from} is no private key in PEM form`,
      'Give the key in PEM form: -----BEGIN PRIVATE KEY-----.',
    )
  }
}

const checkPassphrase = 'Check the secret with the passphrase (client_key_passphrase).'

function isEncrypted(pem: string): boolean {
  return /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: *4,ENCRYPTED/.test(pem)
}

function readPkcs12(given: GivenCertificate): ClientCertificate {
  if (given.key !== undefined)
    throw unusable(
      given,
      'is no PEM file, and a key beside it is for those',
      'Leave client_key empty: the file holds it.',
    )
  const certificate = { pfx: Buffer.from(given.content), ...passphraseOf(given) }
  try {
    createSecureContext(certificate)
    return certificate
  } catch (error) {
    const words = (error as Error).message
    if (/mac verify|bad decrypt/i.test(words)) {
      const why = given.passphrase === undefined ? 'wants a passphrase' : 'does not open with this passphrase'
      throw unusable(given, why, checkPassphrase)
    }
    if (/unsupported/i.test(words))
      throw unusable(given, 'is encrypted in an old way', 'Export it again with AES, or as PEM.')
    throw unusable(given, 'holds neither PEM certificates nor a readable PKCS #12 archive')
  }
}

function passphraseOf({ passphrase }: GivenCertificate): { passphrase?: string } {
  return passphrase === undefined ? {} : { passphrase }
}

function unusable({ file }: GivenCertificate, why: string, advice?: string): ProblemError {
  return problem('certificate-invalid', `The client certificate ${file} ${why}.`, {
    place: { file },
    whatToDo: [advice ?? 'Give a file of PEM certificates, or a .p12 or .pfx file (client_certificate).'],
  })
}
