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
  const extra = [...(file ? [readCertificates(file)] : []), ...(settings.extraCertificates ?? [])]
  const key = extra.join('\n')
  if (latest?.extra !== key) latest = { extra: key, context: buildContext(extra) }
  return latest.context
}

function buildContext(extra: string[]): SecureContext {
  // The stores overlap for the most part, and each certificate is parsed anew.
  const known = new Set([...getCACertificates('bundled'), ...getCACertificates('system')].map((pem) => pem.trim()))
  return createSecureContext({ ca: [...known, ...extra] })
}

function readCertificates(file: string): string {
  const unreadable = (why: string, cause?: unknown) =>
    problem('file-invalid', `NODE_EXTRA_CA_CERTS names ${file}, and ${why}.`, {
      place: { file },
      whatToDo: ['Set NODE_EXTRA_CA_CERTS to a file of PEM certificates, or unset it.'],
      cause,
    })
  let text: string
  try {
    text = readFileSync(file, 'utf8')
    if (text.includes('-----BEGIN CERTIFICATE-----')) createSecureContext({ ca: text })
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw unreadable(missing ? 'there is no such file' : 'it cannot be read', error)
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw unreadable('it holds no PEM certificate')
  return text
}
