import type { AuthorizationServer } from 'oauth4webapi'
import type { RunContext } from '../runs/run-context.ts'

const purposes = {
  token_endpoint: 'token',
  jwks_uri: 'jwks',
  userinfo_endpoint: 'userinfo',
  registration_endpoint: 'registration',
  introspection_endpoint: 'introspection',
  revocation_endpoint: 'revocation',
} as const

/** What a URL is for, told by the server's own metadata; the library asks for addresses as `URL` writes them. */
function purposeOf(server: AuthorizationServer, url: string): string {
  const { href } = new URL(url)
  const isHere = ([name]: [string, string]) => URL.parse(String(server[name] ?? ''))?.href === href
  return Object.entries(purposes).find(isHere)?.[1] ?? 'other'
}

/** The library's fetch: the run's own, so that everything it sends is recorded. */
export function libraryFetch(context: RunContext, server: AuthorizationServer) {
  return (
    url: string,
    init: { method: string; headers: Record<string, string>; body?: unknown; signal?: AbortSignal },
  ) =>
    context.fetch(url, {
      purpose: purposeOf(server, url),
      method: init.method,
      headers: withoutUserAgent(init.headers),
      body: (init.body ?? null) as string | URLSearchParams | Uint8Array | null,
      ...(init.signal ? { signal: init.signal } : {}),
    })
}

/** Every request names the same program, whichever library built it. */
function withoutUserAgent(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'user-agent'))
}
