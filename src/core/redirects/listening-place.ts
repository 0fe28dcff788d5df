import { problem, type ProblemError } from '../problems/problem-error.ts'
import { redirectTargetOf, type RedirectTarget } from './match-redirect-uri.ts'

/** A loopback address a socket is bound to. */
export type LoopbackAddress = '127.0.0.1' | '::1'

/** Where Grantlab listens for a redirect URI. */
export interface ListeningPlace {
  /** the registered URI; `url` carries port 0 until a free one is known */
  target: RedirectTarget
  /** `localhost` has both: browsers try either */
  addresses: LoopbackAddress[]
  /** 0: any free port */
  port: number
}

const addressesByHost = new Map<string, LoopbackAddress[]>([
  ['127.0.0.1', ['127.0.0.1']],
  ['[::1]', ['::1']],
  ['localhost', ['127.0.0.1', '::1']],
])

/**
 * Tells where to listen for a redirect URI: http on 127.0.0.1, [::1] or localhost, any port, path and query. Port 0 asks
 * for a free port; no port is port 80, as in every http address.
 * SECURITY: only loopback hosts stand in the list; a wider one would offer the authorization code to the network.
 * @see RFC 8252 §7.3
 * @throws ProblemError `redirect-uri-not-local`
 */
export function listeningPlaceOf(redirectUri: string): ListeningPlace {
  const target = redirectTargetOf(redirectUri)
  const { url } = target
  const addresses = addressesByHost.get(url.hostname)
  if (url.protocol !== 'http:' || !addresses || url.username || url.password) throw notLocal(redirectUri, reasonOf(url))
  return { target, addresses, port: url.port === '' ? 80 : Number(url.port) }
}

/** Puts the real port where a redirect URI has port 0; everything else stays byte for byte. */
export function withPort(redirectUri: string, port: number): string {
  return redirectUri.replace(/^(http:\/\/(?:\[[^\]]*\]|[^/?#:]*)):0+(?=[/?#]|$)/i, `$1:${port}`)
}

/** The problem for a redirect URI that no listener can serve; `reason` is a whole sentence. */
export function notLocal(redirectUri: string, reason: string, cause?: unknown): ProblemError {
  return problem('redirect-uri-not-local', `${reason} The redirect URI is ${redirectUri}.`, {
    specification: 'RFC 8252 §7.3',
    whatToDo: [
      'Sign in with Paste (agent paste): sign in anywhere, then paste the address the browser ends at',
      'Or register a loopback redirect URI for this client, such as http://127.0.0.1:8765/callback',
    ],
    cause,
  })
}

function reasonOf(url: URL): string {
  if (url.protocol === 'https:') return 'Grantlab listens with http only, not with https.'
  if (url.protocol !== 'http:') return `Grantlab cannot receive the scheme ${url.protocol.slice(0, -1)}.`
  if (url.username || url.password) return 'A redirect URI with a user name or password in it is not listened at.'
  return `Grantlab listens on this machine only, at 127.0.0.1, [::1] or localhost, not at ${url.hostname}.`
}
