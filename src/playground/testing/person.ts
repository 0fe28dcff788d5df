import { defaultTreeAdapter, parse, type DefaultTreeAdapterMap } from 'parse5'
import { CookieJar } from 'tough-cookie'

type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']

/** A form of a page: where it is sent and what is filled in. */
export interface PageForm {
  action: string
  fields: Record<string, string>
}

/** A page that the person looks at. */
export interface Page {
  url: string
  status: number
  headers: Headers
  html: string
  forms: PageForm[]
}

/** A person at a browser, for tests: keeps cookies, follows redirects on the server, stops where one leads away. */
export class Person {
  readonly #jar = new CookieJar()
  readonly #home: string

  constructor(home: string) {
    this.#home = new URL(home).origin
  }

  /** Opens an address; answers the page, or the address that the server redirected to elsewhere. */
  async open(address: string): Promise<Page | URL> {
    return this.#go(address, { method: 'GET' })
  }

  /** Sends a form with more fields filled in. */
  async send(form: PageForm, fields: Record<string, string> = {}): Promise<Page | URL> {
    const body = new URLSearchParams({ ...form.fields, ...fields })
    return this.#go(form.action, { method: 'POST', body })
  }

  async #go(address: string, init: RequestInit): Promise<Page | URL> {
    let url = new URL(address)
    let request = init
    for (let hops = 0; hops < 10; hops += 1) {
      if (url.origin !== this.#home) return url
      const response = await this.#fetch(url, request)
      const location = response.headers.get('location')
      if (response.status < 300 || response.status >= 400 || !location) return readPage(url, response)
      url = new URL(location, url)
      request = { method: 'GET' }
    }
    throw new Error(`More than 10 redirects from ${address}`)
  }

  async #fetch(url: URL, init: RequestInit): Promise<Response> {
    const headers = { accept: 'text/html', cookie: await this.#jar.getCookieString(url.href) }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const cookie of response.headers.getSetCookie()) await this.#jar.setCookie(cookie, url.href)
    return response
  }
}

/** The page, or a failure that shows where the person was sent instead. */
export function asPage(value: Page | URL): Page {
  if (value instanceof URL) throw new Error(`Expected a page, was sent to ${value.href}`)
  return value
}

/** The address away from the server, or a failure that shows the page instead. */
export function asRedirect(value: Page | URL): URL {
  if (value instanceof URL) return value
  throw new Error(`Expected a redirect, got a page with status ${value.status}: ${value.html}`)
}

async function readPage(url: URL, response: Response): Promise<Page> {
  const html = await response.text()
  const { status, headers } = response
  return { url: url.href, status, headers, html, forms: findForms(parse(html), url) }
}

function findForms(root: Node, url: URL): PageForm[] {
  return elementsBelow(root)
    .filter((element) => element.tagName === 'form')
    .map((form) => ({
      action: new URL(attribute(form, 'action') ?? '', url).href,
      fields: Object.fromEntries(
        elementsBelow(form)
          .filter((element) => element.tagName === 'input' && attribute(element, 'name') !== undefined)
          .map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']),
      ),
    }))
}

function elementsBelow(node: Node): Element[] {
  const children: Node[] = 'childNodes' in node ? node.childNodes : []
  const own = children.filter((child): child is Element => defaultTreeAdapter.isElementNode(child))
  return own.flatMap((element) => [element, ...elementsBelow(element)])
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((candidate) => candidate.name === name)?.value
}
