import { createHash } from 'node:crypto'
import type { ParameterValues } from '../../contract/description.ts'
import { isEndpointName } from '../../contract/metadata/address.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { readConnectionFile } from './connection-file.ts'

/**
 * What makes a profile's connections differ from the usual ones: empty when nothing does, else a stable SHA-256 in hex
 * over proxy, trusted certificates (path and content), client certificate, whether TLS is verified, and the origins of
 * endpoints given by hand that are not the issuer's. `folder` is the workspace folder, where relative paths begin. A file that cannot be read counts as such.
 */
export async function connectionDigestOf(values: ParameterValues, folder: string): Promise<string> {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '')
  const [proxy, caFile, clientCertificate] = ['proxy', 'ca_file', 'client_certificate'].map(text)
  const isVerified = values.verify_tls !== false
  const endpoints = endpointsElsewhere(values)
  if (!proxy && !caFile && !clientCertificate && isVerified && endpoints.length === 0) return ''
  const trusted = caFile ? await fingerprintOf(caFile, folder) : ''
  return sha256(JSON.stringify([1, proxy, caFile, trusted, clientCertificate, isVerified, ...endpoints]))
}

/**
 * SECURITY: a server can only name other endpoints when it is the issuer itself; in a file anybody can, so secrets and
 * tokens follow no such change that nobody has seen.
 */
function endpointsElsewhere(values: ParameterValues): string[] {
  const originOf = (value: unknown) => (typeof value === 'string' ? URL.parse(value)?.origin : undefined)
  const home = originOf(values.issuer)
  return Object.keys(values)
    .filter(isEndpointName)
    .sort()
    .flatMap((name) => {
      const origin = originOf(values[name])
      return origin === undefined || origin === home ? [] : [`${name} ${origin}`]
    })
}

async function fingerprintOf(path: string, folder: string): Promise<string> {
  try {
    return sha256(await readConnectionFile({ parameter: 'ca_file', path, folder }))
  } catch (error) {
    if (error instanceof ProblemError) return 'unreadable'
    throw error
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
