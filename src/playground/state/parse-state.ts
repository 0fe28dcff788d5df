import { importJWK, type JWK } from 'jose'
import { PlaygroundError } from '../playground-error.ts'
import { clientsWithSecret, stateVersion, type PlaygroundState } from './playground-state.ts'

/**
 * Reads the text of a state file.
 * @throws PlaygroundError that names the file and what is wrong in it, never the text itself.
 */
export async function parseState(text: string, file: string): Promise<PlaygroundState> {
  const value = parseJson(text, file)
  if (!isObject(value)) throw damaged(file, 'it is not a JSON object')
  checkVersion(value['version'], file)
  return {
    version: stateVersion,
    signingKeys: await checkSigningKeys(value['signingKeys'], file),
    cookieKeys: checkCookieKeys(value['cookieKeys'], file),
    clientSecrets: checkClientSecrets(value['clientSecrets'], file),
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

async function checkSigningKeys(value: unknown, file: string): Promise<JWK[]> {
  if (!Array.isArray(value)) throw damaged(file, '/signingKeys is not a list')
  for (const alg of ['RS256', 'ES256']) {
    if (!value.some((key) => isObject(key) && key['alg'] === alg)) {
      throw damaged(file, `/signingKeys has no ${alg} key`)
    }
  }
  await Promise.all(value.map((key: unknown, index) => checkSigningKey(key, `/signingKeys/${index}`, file)))
  return value as JWK[]
}

async function checkSigningKey(value: unknown, pointer: string, file: string): Promise<void> {
  if (!isObject(value) || !isText(value['kid']) || !isText(value['d'])) {
    throw damaged(file, `${pointer} is not a private key with a kid`)
  }
  try {
    await importJWK(value)
  } catch {
    throw damaged(file, `${pointer} is not a usable key`)
  }
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

function damaged(file: string, why: string): PlaygroundError {
  const message = `${file} is damaged: ${why}. Move it away to let the playground make new keys and client secrets.`
  return new PlaygroundError('state-file-damaged', message)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0
}
