import { CookieJar, getPublicSuffix } from 'tough-cookie'
import type { NameValue } from '../../../contract/json.ts'
import type { UserAgentTask } from '../user-agent.ts'
import { isLoopback, originOf, referrerOf } from './origin-headers.ts'

/** One request the agent makes in a browser's place. */
export interface Navigation {
  url: URL
  method: 'GET' | 'POST'
  body?: string | Uint8Array
  contentType?: string
  /** a form's POST: what it sends, decoded */
  parameters?: NameValue[]
  /** the test user's password is in the address or the body */
  carriesPassword?: boolean
  purpose: 'authorization' | 'sign-in' | 'consent' | 'redirect' | 'sign-out'
  /** the page whose form, link or refresh started it; redirects keep it */
  from?: { url: URL; referrerPolicy: string }
  /** a redirect to another origin came between */
  crossed?: boolean
}

/** An answer with its body read. */
export interface NavigationAnswer {
  status: number
  headers: Headers
  body: Uint8Array
}

/** Sign-in pages are small; more than this is not read. */
const maxPageBytes = 1024 * 1024

/** A browser's memory for one sign-in: its cookies. */
export class BrowserSession {
  readonly #jar = new CookieJar(undefined, { looseMode: true })
  readonly #task: UserAgentTask

  constructor(task: UserAgentTask) {
    this.#task = task
  }

  /** Sends one request with the cookies and headers a browser would send, and keeps the cookies of the answer. */
  async send(navigation: Navigation): Promise<NavigationAnswer> {
    const { url, method, body, purpose } = navigation
    const response = await this.#task.fetch(url, {
      method,
      headers: { ...headersOf(navigation), ...(await this.#cookieHeader(navigation)) },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      maxBodyBytes: maxPageBytes,
      signal: this.#task.signal,
      purpose,
    })
    for (const cookie of response.headers.getSetCookie()) {
      await this.#jar.setCookie(cookie, url.href, { ignoreError: true })
    }
    return { status: response.status, headers: response.headers, body: new Uint8Array(await response.arrayBuffer()) }
  }

  async #cookieHeader({ url, method, from }: Navigation): Promise<{ Cookie?: string }> {
    // What the person typed, and what they started on the same site, gets all cookies (RFC 6265bis §5.2).
    const sameSiteContext = !from || siteOf(from.url) === siteOf(url) ? 'strict' : method === 'GET' ? 'lax' : 'none'
    const cookie = await this.#jar.getCookieString(url.href, { sameSiteContext })
    return cookie ? { Cookie: cookie } : {}
  }
}

function headersOf({ url, method, from, contentType, crossed }: Navigation): Record<string, string> {
  const started = from && { from: from.url, policy: from.referrerPolicy, to: url }
  const referer = started && referrerOf(started)
  return {
    Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'Accept-Language': 'en',
    ...(contentType ? { 'Content-Type': contentType } : {}),
    ...(referer ? { Referer: referer } : {}),
    ...(started && method === 'POST' ? { Origin: crossed ? 'null' : originOf(started) } : {}),
  }
}

/** Scheme and registrable domain; an address or a name of this machine is its own site. */
function siteOf(url: URL): string {
  const isName = !isLoopback(url) && !/^\[|^[\d.]+$/.test(url.hostname)
  return `${url.protocol}//${(isName && getPublicSuffix(url.hostname, { ignoreError: true })) || url.hostname}`
}
