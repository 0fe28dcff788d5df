let isAllowed = false

/**
 * Lets the editor add style elements, which the page's policy otherwise refuses: each gets the nonce that the host put
 * into the page. Does nothing where the page has none.
 */
export function allowStyleElements(page: Document = document): void {
  const nonce = page.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce
  if (!nonce || isAllowed) return
  isAllowed = true
  const create = page.createElement.bind(page)
  page.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = create(name, options)
    // SECURITY: style elements only; a nonce on a script would let it run.
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }
}
