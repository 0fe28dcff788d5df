import { parse } from 'parse5'
import { FormCollector } from './collect-forms.ts'
import { attributeOf, joinText, textOf, tidyText, walkTree, type HtmlElement, type Scope } from './html-tree.ts'
import type { Page, PageLink, PageRefresh } from './page.ts'

/** An HTML answer, decoded. */
export interface HtmlAnswer {
  url: URL
  status: number
  html: string
  headers: Headers
}

const longestText = 10_000
const longestAlert = 300
const mostAlerts = 20
const mostLinks = 200
const captchas = /recaptcha|hcaptcha|turnstile/i

/** Reads a page the way a browser without script shows it. */
export function readPage({ url, status, html, headers }: HtmlAnswer): Page {
  // Without script, what stands in noscript is part of the page: often the only button of a form.
  const document = parse(html, { scriptingEnabled: false })
  const reader = new PageReader()
  walkTree(document, {
    element: (element, scope) => reader.element(element, scope),
    text: (text) => reader.addText(text),
  })
  return reader.finish({ url, status, headers })
}

class PageReader {
  readonly #forms = new FormCollector()
  readonly #alerts = new Set<string>()
  readonly #links: PageLink[] = []
  readonly #refreshes: { content: string; noscript: boolean }[] = []
  #alertsLeft = mostAlerts
  #title = ''
  #text = ''
  #base = ''
  #referrerPolicy = ''
  #submitsItself = false
  #hasScript = false
  #hasFrame = false
  #hasCaptcha = false

  addText(text: string): void {
    this.#text = joinText(this.#text, text, longestText)
  }

  element(element: HtmlElement, scope: Scope): void {
    this.#readHead(element, scope)
    this.#readScript(element, scope)
    this.#forms.element(element, scope)
    if (!scope.hidden) this.#readShown(element)
  }

  #readHead(element: HtmlElement, scope: Scope): void {
    if (element.tagName === 'title' && !this.#title) this.#title = tidyText(rawTextOf(element), 120)
    if (element.tagName === 'base') this.#base ||= attributeOf(element, 'href') ?? ''
    if (element.tagName === 'meta') this.#readMeta(element, scope)
  }

  #readMeta(element: HtmlElement, { noscript }: Scope): void {
    const read = (name: string) => attributeOf(element, name) ?? ''
    const content = read('content')
    if (read('http-equiv').toLowerCase() === 'refresh') this.#refreshes.push({ content, noscript })
    if (read('name').toLowerCase() === 'referrer') this.#referrerPolicy = content.trim().toLowerCase()
  }

  #readScript(element: HtmlElement, scope: Scope): void {
    const { tagName } = element
    const code = tagName === 'script' ? rawTextOf(element) : attributeOf(element, 'onload')
    this.#submitsItself ||= /\bsubmit\s*\(/.test(code ?? '')
    this.#hasScript ||= tagName === 'script'
    this.#hasFrame ||= /^i?frame$/.test(tagName) && !scope.hidden
    this.#hasCaptcha ||= captchas.test(attributeOf(element, 'src') ?? '')
  }

  #readShown(element: HtmlElement): void {
    if (element.tagName === 'a' && this.#links.length < mostLinks) {
      const href = attributeOf(element, 'href')
      if (href) this.#links.push({ href, label: textOf(element, 100) })
    }
    if (this.#alertsLeft > 0 && isAlert(element)) {
      this.#alertsLeft--
      const text = textOf(element, longestAlert)
      if (text) this.#alerts.add(text)
    }
  }

  finish({ url, status, headers }: Omit<HtmlAnswer, 'html'>): Page {
    const base = URL.parse(this.#base, url.href) ?? url
    const header = headers.get('refresh')
    const found = [...(header ? [{ content: header, noscript: false }] : []), ...this.#refreshes]
    const refresh = found.flatMap((entry) => readRefresh(entry, base) ?? []).sort(byNoscript)[0]
    return {
      url,
      base,
      status,
      title: this.#title,
      text: tidyText(this.#text, longestText),
      alerts: [...this.#alerts],
      forms: this.#forms.finish(),
      links: this.#links,
      ...(refresh ? { refresh } : {}),
      submitsItself: this.#submitsItself,
      hasScript: this.#hasScript,
      hasFrame: this.#hasFrame,
      hasCaptcha: this.#hasCaptcha,
      challenge: headers.get('www-authenticate') ?? '',
      referrerPolicy: this.#referrerPolicy || lastPolicyOf(headers),
    }
  }
}

function byNoscript(a: PageRefresh, b: PageRefresh): number {
  return Number(a.noscript) - Number(b.noscript)
}

const alertMarks = /(?:^|[\s_-])(?:error|errors|alert|invalid|danger|warning|feedback|failure)(?:$|[\s_-])/i

function isAlert(element: HtmlElement): boolean {
  if (element.tagName === 'input' || element.tagName === 'form' || element.tagName === 'body') return false
  if (attributeOf(element, 'role') === 'alert' || attributeOf(element, 'aria-live') !== undefined) return true
  return alertMarks.test(`${attributeOf(element, 'class') ?? ''} ${attributeOf(element, 'id') ?? ''}`)
}

/** The text of an element whose content the parser keeps as one text: title, script. */
function rawTextOf(element: HtmlElement): string {
  return element.childNodes.map((child) => ('value' in child ? child.value : '')).join('')
}

/** `5; url=/next`, as in the meta element and in the Refresh header. */
function readRefresh(
  { content, noscript }: { content: string; noscript: boolean },
  base: URL,
): PageRefresh | undefined {
  const match = /^\s*(\d+)(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?(["']?)(.*)$/is.exec(content)
  if (!match) return undefined
  const [, delay, quote, rest = ''] = match
  const address = quote ? (rest.split(quote)[0] ?? '') : rest
  const url = address.trim() === '' ? undefined : URL.parse(address.trim(), base.href)
  return url ? { delaySeconds: Number(delay), url: url.href, noscript } : undefined
}

function lastPolicyOf(headers: Headers): string {
  return (headers.get('referrer-policy') ?? '').split(',').at(-1)?.trim().toLowerCase() ?? ''
}
