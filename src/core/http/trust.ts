import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates, type SecureContext, type SecureContextOptions } from 'node:tls'
import { problem } from '../problems/problem-error.ts'
import type { HttpTransportSettings } from './exchange.ts'
import { certificatesIn, isSelfIssued } from './pem.ts'

type TrustSettings = Pick<HttpTransportSettings, 'environment' | 'extraCertificates' | 'clientCertificate'>

/** Collecting the stores and parsing them takes tens of milliseconds: done once per process and set of extra certificates. */
const contexts = new Map<string, SecureContext>()
const mostContexts = 4

/**
 * What an https connection trusts: the system's store, Node's own roots, the file NODE_EXTRA_CA_CERTS names, and
 * `extraCertificates`. Called on the first https request, never before.
 * @throws ProblemError `file-invalid` when the file cannot be read or holds no certificate
 */
export function trustOf(settings: TrustSettings): SecureContext {
  const { fromEnvironment, given } = extraOf(settings)
  const key = JSON.stringify([fromEnvironment, given])
  let context = contexts.get(key)
  if (!context) {
    context = createSecureContext(trustOptions(fromEnvironment, given))
    contexts.set(key, context)
    for (const oldest of contexts.keys()) if (contexts.size > mostContexts) contexts.delete(oldest)
  }
  return context
}

/**
 * The same trust, and the client certificate for a server that asks for one. Not remembered here: it holds a private
 * key, which leaves memory with the run.
 */
export function clientContextOf(settings: TrustSettings): SecureContext {
  const { fromEnvironment, given } = extraOf(settings)
  return createSecureContext({ ...trustOptions(fromEnvironment, given), ...settings.clientCertificate })
}

function extraOf(settings: TrustSettings): { fromEnvironment: string[]; given: string[] } {
  const file = settings.environment['NODE_EXTRA_CA_CERTS']
  return { fromEnvironment: file ? certificatesOf(file) : [], given: settings.extraCertificates ?? [] }
}

function trustOptions(fromEnvironment: string[], given: string[]): SecureContextOptions {
  // The stores overlap for the most part, and each certificate is parsed anew.
  const known = [...new Set([...getCACertificates('bundled'), ...getCACertificates('system')].map((pem) => pem.trim()))]
  // Whoever trusts an intermediate or a server's own certificate needs chains that end there.
  if (given.every(isSelfIssued)) return { ca: [...known, ...fromEnvironment, ...given] }
  // SECURITY: such chains are for certificates that a person named; the stores count by their roots alone, as always.
  return { ca: [...[...known, ...fromEnvironment].filter(isSelfIssued), ...given], allowPartialTrustChain: true }
}

function certificatesOf(file: string): string[] {
  const found = certificatesIn(readFile(file))
  if (found.length === 0) throw unusable(file, 'it holds no PEM certificate that can be read')
  return found
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw unusable(file, isMissing ? 'there is no such file' : 'it cannot be read', error)
  }
}

function unusable(file: string, why: string, cause?: unknown) {
  return problem('file-invalid', `NODE_EXTRA_CA_CERTS names ${file}, and ${why}.`, {
    place: { file },
    whatToDo: ['Set NODE_EXTRA_CA_CERTS to a file of PEM certificates, or unset it.'],
    cause,
  })
}
