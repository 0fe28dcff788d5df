/** Host and port of an issuer, for a narrow place; the text itself when it is no address. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address
}

/** A file name for a profile: small letters, digits and `-`; never empty. */
export function profileNameOf(title: string): string {
  const name = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return name.slice(0, 60) || 'profile'
}

/** The name of a profile's secret, which is also the end of an environment variable: small letters, digits and `_`. */
export function secretNameOf(profileName: string): string {
  return `${profileName.replaceAll('-', '_')}_client_secret`
}

/** A host that is a number or this machine; only its port tells one server on it from another. */
const bareHost = /^(\d+(\.\d+){3}|\[[\da-f:.]+\]|localhost)(:\d+)?$/i

/** A title to start with: the name that tells this server from others. */
export function titleOf(issuer: string): string {
  const host = hostOf(issuer)
  if (bareHost.test(host)) return host
  return host.replace(/:\d+$/, '').replace(/^(www|login|auth|sso|id|accounts)\./, '')
}

/** What a copy is called to begin with: a name and a title that no profile of the list has. */
export function copyOf({ name, title }: Called, taken: readonly Called[]): Called {
  for (let number = 1; ; number++) {
    const more = number === 1 ? '' : String(number)
    const copy = { name: [name, 'copy', more].filter(Boolean).join('-'), title: `${title} copy ${more}`.trim() }
    if (!taken.some((one) => one.name === copy.name || one.title === copy.title)) return copy
  }
}

/** What a profile is called. */
interface Called {
  name: string
  title: string
}
