/** What the headers of an answer depend on. */
export interface PageHeaderOptions {
  /** origins beyond its own that the page may connect to */
  connect?: readonly string[]
  /** lets the style elements that carry it through */
  nonce?: string
}

/** Headers of every answer. None of them lets another origin read, frame or embed anything of ours. */
export function pageHeaders(options: PageHeaderOptions = {}): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(options),
    'Cross-Origin-Opener-Policy': 'same-origin',
    // SECURITY: ports of 127.0.0.1 are one site; only same-origin keeps another port's page from embedding ours.
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  }
}

function contentSecurityPolicy({ connect = [], nonce }: PageHeaderOptions): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    // The editor makes style elements at run time; they carry the nonce. Its style attributes cannot.
    `style-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    ['connect-src', `'self'`, ...connect].join(' '),
    `worker-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}
