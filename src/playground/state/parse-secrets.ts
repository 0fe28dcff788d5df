import { PlaygroundError } from '../playground-error.ts'
import { clientsWithSecret, stateVersion, type PlaygroundSecrets } from './playground-state.ts'

/**
 * Reads the text of a state file but for its signing keys, which are answered as they are: checking them loads a library,
 * and who only joins a playground needs none.
 * @throws PlaygroundError that names the file and what is wrong in it, never the text itself.
 */
export function parseSecrets(text: string, file: string): PlaygroundSecrets & { signingKeys: unknown } {
  const value = parseJson(text, file)
  if (!isObject(value)) throw damaged(file, 'it is not a JSON object')
  checkVersion(value['version'], file)
  return {
    version: stateVersion,
    cookieKeys: checkCookieKeys(value['cookieKeys'], file),
    clientSecrets: checkClientSecrets(value['clientSecrets'], file),
    signingKeys: value['signingKeys'],
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's message quotes the text, and the text holds secrets.
    throw damaged(file, 'it is not JSON')
  }
}

function checkVersion(version: unknown, file: string): void {
  if (version === stateVersion) return
  if (typeof version === 'number' && version > stateVersion) {
    const message = `${file} was written by a newer Grantlab (layout ${version}, this one knows ${stateVersion}). Update Grantlab, or use another data folder.`
    throw new PlaygroundError('state-file-newer', message)
  }
  throw damaged(file, '/version is not a known number')
}

function checkCookieKeys(value: unknown, file: string): string[] {
  if (Array.isArray(value) && value.length > 0 && value.every(isText)) return value
  throw damaged(file, '/cookieKeys is not a list of texts')
}

function checkClientSecrets(value: unknown, file: string): Record<string, string> {
  if (!isObject(value)) throw damaged(file, '/clientSecrets is not an object')
  const entries = clientsWithSecret.map((id): [string, string] => {
    const secret = value[id]
    if (!isText(secret)) throw damaged(file, `/clientSecrets/${id} is missing`)
    return [id, secret]
  })
  return Object.fromEntries(entries)
}

/** The error of a state file that was changed or cut. */
export function damaged(file: string, why: string): PlaygroundError {
  const message = `${file} is damaged: ${why}. Move it away to let the playground make new keys and client secrets.`
  return new PlaygroundError('state-file-damaged', message)
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is a text that is not empty. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0
}
