import type { IncomingMessage } from 'node:http'
import type { NameValue } from '../../contract/json.ts'
import { pairsOf } from './match-redirect-uri.ts'
import { fragmentField } from './result-page.ts'

/** Bound of a posted authorization response in bytes. */
export const maxAnswerBytes = 64 * 1024

/** What a request at a redirect URI carries, before it is known whose it is. */
export interface CarriedAnswer {
  method: 'GET' | 'POST'
  parameters: NameValue[]
  /** what stood behind `#`, when the page posted it back */
  fragment?: string
}

/** Reads a refused request as HTTP status, an answer as its parameters. */
export type AnswerReading = { refused: 405 | 413 | 415 } | { answer: CarriedAnswer }

/**
 * Reads the answer out of a request: the query of a GET, the form of a POST (form_post), or the fragment that the page
 * posted back. A body over 64 KiB is refused without being kept.
 * @see OAuth 2.0 Form Post Response Mode §2
 */
export async function readAnswer(request: IncomingMessage, query: string): Promise<AnswerReading> {
  if (request.method === 'GET') return { answer: { method: 'GET', parameters: pairsOf(query) } }
  if (request.method !== 'POST') return { refused: 405 }
  const mediaType = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType !== 'application/x-www-form-urlencoded') return { refused: 415 }
  const body = await readBody(request)
  return body === undefined ? { refused: 413 } : { answer: answerOfForm(pairsOf(body)) }
}

function answerOfForm(parameters: NameValue[]): CarriedAnswer {
  const [only, second] = parameters
  if (only?.[0] !== fragmentField || second) return { method: 'POST', parameters }
  return { method: 'GET', parameters: pairsOf(only[1]), fragment: only[1] }
}

/** The body as text, or nothing when it is larger than the bound. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Leaving the loop early must not destroy the socket: the refusal is still to be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxAnswerBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
