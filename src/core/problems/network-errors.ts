import type { ProblemCode } from '../../contract/problem.ts'
import { problem, ProblemError } from './problem-error.ts'
import { certificateProblem } from './certificate-errors.ts'
import { unusableProxyProblem } from './proxy-errors.ts'
import { nameOf, type NetworkPhase, type NetworkPlace } from './network-place.ts'

interface Words {
  code: ProblemCode
  /** follows the host and port */
  says: string
  whatToDo: string[]
}

const checkAddress = 'Check the address, and that the server runs.'
const viaProxy = 'If this machine reaches the network through a proxy, set HTTPS_PROXY and HTTP_PROXY.'
const notHttp: Words = {
  code: 'response-unexpected',
  says: 'answered with something that is not HTTP',
  whatToDo: ['Check the port, and whether the address must begin with https:// there.'],
}
const lost: Words = {
  code: 'connection-lost',
  says: 'closed the connection',
  whatToDo: ['Try again.', 'If it happens each time, look into the log of the server, or of a firewall between.'],
}
const unreachable: Words = {
  code: 'connection-refused',
  says: 'cannot be reached from this machine',
  whatToDo: ['Check the network connection, VPN and firewall.', viaProxy],
}
const slow: Words = {
  code: 'timeout',
  says: 'did not answer',
  whatToDo: ['Check the address, VPN and firewall.', viaProxy],
}
const unknownName: Words = {
  code: 'name-not-resolved',
  says: 'is a name that this machine does not know',
  whatToDo: [
    'Check the spelling of the address.',
    'If the name is known in a VPN only, connect to it first.',
    viaProxy,
  ],
}

const words: Record<string, Words> = {
  ENOTFOUND: unknownName,
  EAI_NONAME: unknownName,
  EAI_NODATA: unknownName,
  EAI_AGAIN: {
    code: 'name-not-resolved',
    says: 'could not be looked up: the name server gave no answer',
    whatToDo: ['Check the network connection, and try again.', viaProxy],
  },
  ECONNREFUSED: {
    code: 'connection-refused',
    says: 'refused the connection: nothing listens there',
    whatToDo: [checkAddress],
  },
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
  EHOSTDOWN: unreachable,
  ENETDOWN: unreachable,
  EACCES: unreachable,
  EPERM: unreachable,
  ETIMEDOUT: slow,
  ECONNRESET: lost,
  ECONNABORTED: lost,
  EPIPE: lost,
  ERR_STREAM_PREMATURE_CLOSE: lost,
  HPE_HEADER_OVERFLOW: {
    code: 'response-unexpected',
    says: 'sent more response headers than Grantlab reads',
    whatToDo: ['Send fewer or shorter headers; 64 KiB are read.'],
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    code: 'tls-failed',
    says: 'does not speak TLS there',
    whatToDo: ['Check the port, and whether the address must begin with http:// there.'],
  },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: {
    code: 'tls-failed',
    says: 'does not speak TLS there',
    whatToDo: ['Check the port, and whether the address must begin with http:// there.'],
  },
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: {
    code: 'tls-failed',
    says: 'asks for a client certificate',
    whatToDo: ['Give it one (client_certificate), or use an address of this server that takes none.'],
  },
}

/** The code of a Node error; failures on all addresses of a name come as an AggregateError with the codes inside. */
export function networkErrorCode(error: unknown): string | undefined {
  const { code, errors } = (error ?? {}) as { code?: unknown; errors?: unknown[] }
  if (typeof code === 'string') return code
  return errors?.map(networkErrorCode).find((inner) => inner !== undefined)
}

/**
 * Turns whatever broke a request into a problem that names host and port. A ProblemError stays as it is; an error that
 * does not come from the network becomes `internal`.
 */
export function networkProblem(error: unknown, place: NetworkPlace): ProblemError {
  if (error instanceof ProblemError) return error
  const code = networkErrorCode(error)
  if (place.phase === 'proxy' && place.proxy)
    return unusableProxyProblem(place.proxy, { code, says: code && words[code]?.says, cause: error })
  return (code && certificateProblem(code, place)) || describedProblem(error, code, place)
}

function describedProblem(cause: unknown, code: string | undefined, place: NetworkPlace): ProblemError {
  const found = wordsFor(code, place)
  if (!found) return problem('internal', `A request to ${nameOf(place)} failed unexpectedly.`, { cause })
  const suffix = code && !(code in words) ? ` (${code})` : ''
  // A name that is not known has no ports.
  const name = found.code === 'name-not-resolved' ? place.host : nameOf(place)
  const detail = `${name} ${found.says}${momentOf(found.code, place)}${suffix}.`
  return problem(found.code, detail, { whatToDo: found.whatToDo, cause })
}

function wordsFor(code: string | undefined, place: NetworkPlace): Words | undefined {
  if (code === undefined) return undefined
  if (ofClientCertificate.test(code)) return clientRefused
  const known = words[code]
  if (place.phase === 'tls' && known?.code !== 'tls-failed' && known !== slow) return handshakeFailed
  return known ?? wordsForFamily(code)
}

function wordsForFamily(code: string): Words | undefined {
  if (code.startsWith('HPE_')) return notHttp
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return handshakeFailed
  return /^E[A-Z0-9]+$/.test(code) ? lost : undefined
}

/** Alerts that a server sends about the certificate of its client. @see RFC 8446 §6.2 */
const ofClientCertificate =
  /_ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_(?:EXPIRED|UNKNOWN|REVOKED)|ACCESS_DENIED)$/

const clientRefused: Words = {
  code: 'tls-failed',
  says: 'did not accept the client certificate',
  whatToDo: [
    'Check that the client certificate (client_certificate) is from an issuer the server knows, and not expired.',
  ],
}

const handshakeFailed: Words = {
  code: 'tls-failed',
  says: 'did not complete the TLS handshake',
  whatToDo: [
    'Check the port, and which TLS versions and ciphers the server offers; Grantlab speaks TLS 1.2 and 1.3.',
    'A firewall or proxy that looks into TLS connections can break them too.',
  ],
}

function momentOf(code: ProblemCode, place: NetworkPlace): string {
  if (code !== 'connection-lost') return ''
  if (place.phase === 'receive') return ' in the middle of its answer'
  return place.phase === 'send' || place.phase === 'wait' ? ' before it answered' : ''
}

const waitedFor: Record<NetworkPhase, string> = {
  lookup: 'The name was not looked up',
  connect: 'No connection was made',
  proxy: 'The proxy made no connection',
  tls: 'The TLS handshake was not finished',
  send: 'The request was not taken',
  wait: 'The connection stands, but no answer came',
  receive: 'The answer began but did not end',
}

/** The request took longer than it may. */
export function timeoutProblem(place: NetworkPlace, timeoutMs: number | undefined): ProblemError {
  const within = timeoutMs === undefined ? 'in time' : `within ${timeoutMs / 1000} s`
  const proxy = place.proxy ? ` (through ${place.proxy.address})` : ''
  return problem('timeout', `${waitedFor[place.phase]} ${within}: ${nameOf(place)}${proxy}.`, {
    whatToDo: ['Check whether the server is up and not overloaded.', 'Check VPN and firewall.', viaProxy],
  })
}

/** Somebody cancelled the request. */
export function cancelledProblem(place: NetworkPlace): ProblemError {
  return problem('cancelled', `The request to ${nameOf(place)} was cancelled.`)
}
