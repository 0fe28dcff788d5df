import type { IncomingMessage, ServerResponse } from 'node:http'
import { bodyOf, startHttpServer } from './http-server.ts'

/** A request as the server got it. */
export interface ScriptedRequest {
  method: string
  target: string
  authorization: string | undefined
  body: string
}

/** What a request gets. */
export type ScriptedAnswer = (response: ServerResponse, request: IncomingMessage) => void

/** An answer of JSON. */
export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): ScriptedAnswer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
}

/** A server whose every answer is said by the test: by method, or in turn; metadata is answered as an issuer would. */
export async function startScriptedServer(answerOf: (request: ScriptedRequest, count: number) => ScriptedAnswer) {
  const seen: ScriptedRequest[] = []
  const server = await startHttpServer(async (request, response) => {
    const { method = 'GET', url: target = '/', headers } = request
    if (target.startsWith('/.well-known/')) {
      const issuer = `http://${headers.host}`
      jsonAnswer(200, {
        issuer,
        token_endpoint: `${issuer}/token`,
        registration_endpoint: `${issuer}/register`,
      })(response, request)
      return
    }
    const asked = { method, target, authorization: headers.authorization, body: await bodyOf(request) }
    seen.push(asked)
    answerOf(asked, seen.length)(response, request)
  })
  return { issuer: server.origin, seen, close: () => server.close() }
}
