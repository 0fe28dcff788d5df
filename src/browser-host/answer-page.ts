import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuseHost } from './admission.ts'
import type { PageFile } from './page-files.ts'
import { pageHeaders } from './page-headers.ts'
import { answerSession } from './answer-session.ts'
import type { JsonAnswer, PageServer } from './page-server.ts'

const cacheControl: Record<PageFile['kind'], string> = {
  page: 'no-store',
  hashed: 'public, max-age=31536000, immutable',
  plain: 'no-cache',
}

/** Answers one plain HTTP request: the window's files, and the trade of a one-time token at `/session`. */
export async function answerPage(server: PageServer, request: IncomingMessage, response: ServerResponse) {
  const refusal = refuseHost(request, server.origin)
  if (refusal) return answerJson(response, server.origin, refusal)
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  if (path === '/session') return answerJson(response, server.origin, await answerSession(server, request))
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return answerJson(response, server.origin, { status: 405, error: 'method-not-allowed', message: 'Only GET here.' })
  }
  const file = server.files.get(path)
  if (!file) {
    const message = 'There is nothing at this address.'
    return answerJson(response, server.origin, { status: 404, error: 'not-found', message })
  }
  return answerFile(server.origin, { file, head: request.method === 'HEAD' }, response)
}

interface FileRequest {
  file: PageFile
  head: boolean
}

async function answerFile(origin: string, { file, head }: FileRequest, response: ServerResponse) {
  // SECURITY: a fresh nonce for each answer; one that can be foreseen lets injected styles through.
  const nonce = file.kind === 'page' ? randomBytes(18).toString('base64') : undefined
  const content = await file.read()
  const body = nonce ? Buffer.from(content.toString('utf8').replaceAll('__NONCE__', nonce)) : content
  response.writeHead(200, {
    ...pageHeaders(origin, nonce),
    'Content-Type': file.type,
    'Content-Length': body.byteLength,
    'Cache-Control': cacheControl[file.kind],
  })
  response.end(head ? undefined : body)
}

function answerJson(response: ServerResponse, origin: string, { status, ...body }: JsonAnswer) {
  response.writeHead(status, {
    ...pageHeaders(origin),
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    // What is left of a refused body is not read.
    ...(status === 200 ? {} : { Connection: 'close' }),
  })
  response.end(`${JSON.stringify(body)}\n`)
}
