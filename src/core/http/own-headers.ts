import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { NameValue } from '../../contract/json.ts'
import { problem } from '../problems/problem-error.ts'
import { headersOf } from './build-request.ts'
import type { TracedInit } from './exchange.ts'

/** Headers that say where a message goes and where it ends: others than HTTP's own would break or smuggle it. */
const ofConnection = new Set([
  'host',
  'content-length',
  'content-type',
  'content-encoding',
  'accept-encoding',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'proxy-connection',
])

/** Headers that carry credentials. They have places of their own, where they are masked and bound. */
const ofCredentials = new Set(['authorization', 'proxy-authorization', 'cookie', 'dpop'])

/**
 * Headers that a profile adds to its requests, checked.
 * @throws ProblemError parameter-invalid naming the header, never its value
 */
export function checkOwnHeaders(headers: readonly NameValue[] = []): NameValue[] {
  for (const [name, value] of headers) {
    const lower = name.toLowerCase()
    if (ofConnection.has(lower)) {
      throw problem('parameter-invalid', `The header ${name} is set by Grantlab for each request (headers).`, {
        whatToDo: ['Leave it out.'],
        specification: 'RFC 9110 §7.6.1',
      })
    }
    if (ofCredentials.has(lower)) {
      throw problem('parameter-invalid', `The header ${name} carries credentials and cannot stand here (headers).`, {
        whatToDo: ['Use client authentication, or the user and password of the proxy (proxy_user).'],
      })
    }
    checkCharacters(name, value)
  }
  return headers.map(([name, value]) => [name, value])
}

function checkCharacters(name: string, value: string): void {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  } catch {
    const shown = JSON.stringify(name.slice(0, 100))
    throw problem('parameter-invalid', `The header ${shown} has a character that HTTP does not allow (headers).`, {
      whatToDo: ['Remove line breaks and characters outside ISO 8859-1 from its name and value.'],
      specification: 'RFC 9110 §5.5',
    })
  }
}

/** Two lists of headers as one: of those with the same name the stronger ones stay. */
export function mergeHeaders(weaker: TracedInit['headers'], stronger: TracedInit['headers']): NameValue[] {
  const winning = headersOf(stronger)
  const names = new Set(winning.map(([name]) => name.toLowerCase()))
  return [...headersOf(weaker).filter(([name]) => !names.has(name.toLowerCase())), ...winning]
}
