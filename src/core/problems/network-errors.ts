import type { ProblemCode } from '../../contract/problem.ts'
import { problem, ProblemError } from './problem-error.ts'
import { certificateProblem } from './certificate-errors.ts'
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
    whatToDo: ['Use an address of this server that takes no client certificate.'],
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
  if (place.phase === 'proxy' && place.proxy) return proxyProblem(code, place.proxy, error)
  const certificate = code && certificateProblem(code, place)
  if (certificate) return certificate
  const found = wordsFor(code, place)
  if (!found) return problem('internal', `A request to ${nameOf(place)} failed unexpectedly.`, { cause: error })
  const suffix = code && !(code in words) ? ` (${code})` : ''
  return problem(found.code, `${nameOf(place)} ${found.says}${momentOf(found.code, place)}${suffix}.`, {
    whatToDo: found.whatToDo,
    cause: error,
  })
}

function wordsFor(code: string | undefined, place: NetworkPlace): Words | undefined {
  if (code === undefined) return undefined
  if (place.phase === 'tls' && words[code]?.code !== 'tls-failed' && code !== 'ETIMEDOUT') return handshakeFailed
  if (words[code]) return words[code]
  if (code.startsWith('HPE_')) return notHttp
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return handshakeFailed
  return /^E[A-Z0-9]+$/.test(code) ? lost : undefined
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

function proxyProblem(
  code: string | undefined,
  proxy: { address: string; variable: string },
  cause: unknown,
): ProblemError {
  const says = (code && words[code]?.says) ?? `cannot be used${code ? ` (${code})` : ''}`
  return problem('proxy-failed', `The proxy ${proxy.address} (from ${proxy.variable}) ${says}.`, {
    whatToDo: [
      `Check ${proxy.variable}.`,
      'To reach a host without the proxy, add it to NO_PROXY, for example NO_PROXY=auth.example.com.',
    ],
    cause,
  })
}

/** The proxy answered 407. */
export function proxyAuthenticationProblem(
  proxy: { address: string; variable: string; authorization?: string },
  challenge: string,
): ProblemError {
  const sent = proxy.authorization ? 'did not accept the user name and password' : 'asks for a user name and password'
  const scheme = challenge.match(/^[A-Za-z-]{1,20}/)?.[0]
  const wants = scheme ? ` It wants ${scheme}.` : ''
  return problem('proxy-authentication-required', `The proxy ${proxy.address} ${sent} (407).${wants}`, {
    status: 407,
    whatToDo: [
      `Put user name and password into ${proxy.variable}, as http://USER:PASSWORD@HOST:PORT; percent-encode : @ and / in them.`,
      'To reach a host without the proxy, add it to NO_PROXY, for example NO_PROXY=auth.example.com.',
    ],
  })
}

/** The proxy answered CONNECT with something else than success. */
export function proxyRefusedProblem(
  proxy: { address: string; variable: string },
  answer: { status: number; host: string; port: number },
): ProblemError {
  const detail = `The proxy ${proxy.address} made no connection to ${nameOf(answer)}: it answered ${answer.status}.`
  return problem('proxy-failed', detail, {
    status: answer.status,
    whatToDo: [
      'Check the address; the proxy may not know or not allow it.',
      'To reach a host without the proxy, add it to NO_PROXY, for example NO_PROXY=auth.example.com.',
    ],
  })
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
