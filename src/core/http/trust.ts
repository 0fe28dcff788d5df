import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { problem } from '../problems/problem-error.ts'
import type { HttpTransportSettings } from './exchange.ts'

/** Collecting the stores and parsing them takes tens of milliseconds: done once per process and set of extra certificates. */
let latest: { extra: string; context: SecureContext } | undefined

/**
 * What an https connection trusts: the system's store, Node's own roots, the file NODE_EXTRA_CA_CERTS names, and
 * `extraCertificates`. Called on the first https request, never before.
 * @throws ProblemError `file-invalid` when the file cannot be read or holds no certificate
 */
export function trustOf(settings: Pick<HttpTransportSettings, 'environment' | 'extraCertificates'>): SecureContext {
  const file = settings.environment['NODE_EXTRA_CA_CERTS']
  const text = file ? readFile(file) : undefined
  const given = settings.extraCertificates ?? []
  const key = JSON.stringify([text, given])
  if (latest?.extra !== key) {
    const fromFile = file && text !== undefined ? certificatesIn(file, text) : []
    latest = { extra: key, context: buildContext([...fromFile, ...given]) }
  }
  return latest.context
}

function buildContext(extra: string[]): SecureContext {
  // The stores overlap for the most part, and each certificate is parsed anew.
  const known = new Set([...getCACertificates('bundled'), ...getCACertificates('system')].map((pem) => pem.trim()))
  return createSecureContext({ ca: [...known, ...extra] })
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw unusable(file, isMissing ? 'there is no such file' : 'it cannot be read', error)
  }
}

/** The certificates of a file. One that cannot be read does not take the others with it. */
function certificatesIn(file: string, text: string): string[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  const readable = blocks.filter(isCertificate)
  if (readable.length === 0) throw unusable(file, 'it holds no PEM certificate that can be read')
  return readable
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).serialNumber !== ''
  } catch {
    return false
  }
}

function unusable(file: string, why: string, cause?: unknown) {
  return problem('file-invalid', `NODE_EXTRA_CA_CERTS names ${file}, and ${why}.`, {
    place: { file },
    whatToDo: ['Set NODE_EXTRA_CA_CERTS to a file of PEM certificates, or unset it.'],
    cause,
  })
}
