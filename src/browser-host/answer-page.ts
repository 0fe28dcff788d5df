import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerPageFile } from '../page/page-answer.ts'
import { pageHeaders } from '../page/page-headers.ts'
import { refuseHost } from './admission.ts'
import { answerSession } from './answer-session.ts'
import type { JsonAnswer, PageServer } from './page-server.ts'

/** Answers one plain HTTP request: the window's files, and the trade of a one-time token at `/session`. */
export async function answerPage(server: PageServer, request: IncomingMessage, response: ServerResponse) {
  // Some browsers do not count the WebSocket of the same origin as 'self'.
  const connect = [server.origin.replace(/^http/, 'ws')]
  const tell = (answer: JsonAnswer) => answerJson(response, connect, answer)
  const refusal = refuseHost(request, server.origin)
  if (refusal) return tell(refusal)
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  if (path === '/session') return tell(await answerSession(server, request))
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return tell({ status: 405, error: 'method-not-allowed', message: 'Only GET here.' })
  }
  const file = server.files.get(path)
  if (!file) return tell({ status: 404, error: 'not-found', message: 'There is nothing at this address.' })
  const { headers, body } = await answerPageFile(file, connect)
  response.writeHead(200, headers)
  response.end(request.method === 'HEAD' ? undefined : body)
}

function answerJson(response: ServerResponse, connect: readonly string[], { status, ...body }: JsonAnswer) {
  response.writeHead(status, {
    ...pageHeaders({ connect }),
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    // What is left of a refused body is not read.
    ...(status === 200 ? {} : { Connection: 'close' }),
  })
  response.end(`${JSON.stringify(body)}\n`)
}
