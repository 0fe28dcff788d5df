import type { ParameterValues } from '../../contract/description.ts'
import { problem } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'

/** Query parameters that carry the token of a consent page, the surest first. Telnyx does not say what its own is called. */
const names = [/^consent[_-]?token$/i, /^consent[_-]?(?:id|challenge|request)?$/i, /^token$/i]
/** The rest of an address may hold one, too. */
const inPath = /\/consents?\/([^/]+)\/?$/i

/** The consent token that the address of a consent page carries; undefined when it carries none. */
export function consentTokenIn(address: URL): string | undefined {
  const parameters = [...address.searchParams, ...new URLSearchParams(address.hash.slice(1))]
  const found = names.map((pattern) => parameters.find(([name, value]) => pattern.test(name) && value !== ''))
  return found.find((one) => one !== undefined)?.[1]
}

/**
 * A consent token as a person gives it: itself, or the whole address of the consent page that carries it.
 * @throws ProblemError parameter-invalid for an address without one
 */
export function readConsentToken(given: string): string {
  const text = given.trim()
  const address = /^https?:\/\//i.test(text) ? URL.parse(text) : null
  if (!address) return text
  const token = consentTokenIn(address) ?? segmentOf(address)
  if (token !== undefined) return token
  // SECURITY: the address is not quoted: it may hold the token under a name that nobody foresaw.
  throw problem('parameter-invalid', 'This address carries no consent token (consent_token).', {
    whatToDo: ['Copy the address while the browser shows the consent page, or give the token itself.'],
  })
}

function segmentOf({ pathname }: URL): string | undefined {
  const found = inPath.exec(pathname)?.[1]
  try {
    return found === undefined ? undefined : decodeURIComponent(found)
  } catch {
    return undefined
  }
}

/** The consent token of a run's parameters, known as secret from here on. @throws ProblemError parameter-invalid */
export function takeConsentToken(
  context: Pick<RunContext, 'learn'>,
  { consent_token: given }: ParameterValues,
): string {
  const token = readConsentToken(String(given))
  context.learn(token)
  return token
}
