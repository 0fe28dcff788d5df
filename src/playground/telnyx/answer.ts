import { contentSecurityPolicy } from '../pages/style.ts'

/** An answer before it is sent. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/** An answer in JSON. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  const body = JSON.stringify(value)
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body }
}

/** What the API wraps its records in. */
export function data(value: unknown, status = 200): Answer {
  return json(status, { data: value })
}

/** Sends the browser elsewhere, by GET. */
export function redirect(location: string, headers: Record<string, string> = {}, status: 302 | 303 = 302): Answer {
  return {
    status,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', ...headers },
    body: '',
  }
}

/**
 * A page: not stored, not framed, no script, no referrer. `formTargets` are more schemes that a form may lead to, because
 * Chromium applies form-action to the redirect after a form as well.
 */
export function page(status: number, html: string, formTargets: readonly string[] = []): Answer {
  const policy = contentSecurityPolicy.replace('form-action http:', ['form-action http:', ...formTargets].join(' '))
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
  return { status, headers, body: html }
}
