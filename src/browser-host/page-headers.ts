/** Headers of every answer. None of them lets another origin read, frame or embed anything of ours. */
export function pageHeaders(origin: string, nonce?: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(origin, nonce),
    'Cross-Origin-Opener-Policy': 'same-origin',
    // SECURITY: ports of 127.0.0.1 are one site; only same-origin keeps another port's page from embedding ours.
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  }
}

function contentSecurityPolicy(origin: string, nonce: string | undefined): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    // Some browsers do not count the WebSocket of the same origin as 'self'.
    `connect-src 'self' ${origin.replace(/^http/, 'ws')}`,
    `worker-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}
