import type { IncomingMessage } from 'node:http'
import { refuseOrigin } from './admission.ts'
import type { JsonAnswer, PageServer } from './page-server.ts'

const longestBody = 4096

/**
 * `POST /session`: `{"token": …}` trades the one-time token of the address for a session token; `{"session": …}` asks
 * whether a session token, kept from before a reload, is still good. Both answer `{"session": …}`, else 401.
 */
export async function answerSession(server: PageServer, request: IncomingMessage): Promise<JsonAnswer> {
  if (request.method !== 'POST') return refused(405, 'method-not-allowed', 'Only POST here.')
  const refusal = refuseOrigin(request, server.origin)
  if (refusal) return refusal
  if (request.headers['content-type'] !== 'application/json') {
    return refused(415, 'content-type', 'The body must be application/json.')
  }
  const text = await readText(request)
  if (text === undefined) return refused(413, 'too-large', `The body is over ${longestBody} bytes.`)
  return trade(server, text)
}

function trade({ sessions }: PageServer, text: string): JsonAnswer {
  const { token, session } = parse(text)
  if (session !== undefined) {
    if (sessions.knows(session)) return { status: 200, session }
    return refused(401, 'session-unknown', 'This session is not one of this Grantlab. Open a new address.')
  }
  if (token === undefined) return refused(400, 'body', 'The body must be {"token": "…"} or {"session": "…"}.')
  const traded = sessions.trade(token)
  if (traded) return { status: 200, session: traded }
  const message =
    'This address was used already, or is from before a restart. Press Enter in the terminal for a new one.'
  return refused(401, 'token-not-valid', message)
}

function refused(status: number, error: string, message: string): JsonAnswer {
  return { status, error, message }
}

function parse(text: string): { token?: string; session?: string } {
  try {
    const { token, session } = JSON.parse(text) as Record<string, unknown>
    return {
      ...(typeof token === 'string' ? { token } : {}),
      ...(typeof session === 'string' ? { session } : {}),
    }
  } catch {
    return {}
  }
}

async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > longestBody) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
