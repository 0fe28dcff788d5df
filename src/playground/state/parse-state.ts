import { importJWK, type JWK } from 'jose'
import { damaged, isObject, isText, parseSecrets } from './parse-secrets.ts'
import type { PlaygroundState } from './playground-state.ts'

/**
 * Reads the text of a state file.
 * @throws PlaygroundError that names the file and what is wrong in it, never the text itself.
 */
export async function parseState(text: string, file: string): Promise<PlaygroundState> {
  const { signingKeys, ...secrets } = parseSecrets(text, file)
  return { ...secrets, signingKeys: await checkSigningKeys(signingKeys, file) }
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
