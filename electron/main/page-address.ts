/** The scheme of the window's page. */
export const pageScheme = 'app'

/** The window's page. */
export const pageAddress = 'app://grantlab/'

/** Whether an address is of the window's own page. SECURITY: the whole origin is compared, not how a text begins. */
export function isPageAddress(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${pageScheme}:` && url.host === 'grantlab'
}

/** Whether an address may be handed to the person's browser. SECURITY: any other scheme could start a program. */
export function isWebAddress(address: string): boolean {
  return /^https?:$/.test(URL.parse(address)?.protocol ?? '')
}
