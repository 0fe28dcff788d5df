import type { IncomingMessage, ServerResponse } from 'node:http'
import type { JsonObject } from '../../src/contract/json.ts'
import { bodyOf, startHttpServer } from './http-server.ts'

/** A request about a registration as the server got it. */
export interface SeenRequest {
  method: string
  path: string
  token: string | undefined
  body: JsonObject | undefined
}

/** What one request gets; the text ISSUER in a document becomes the server's address. */
export type RegistrationAnswer =
  | { status: number; document?: object; text?: string; type?: string }
  | ((response: ServerResponse, issuer: string, request: IncomingMessage) => void)

/** A client information response that nothing is wrong with. */
export const soundAnswer = {
  client_id: 'c-1',
  client_id_issued_at: 1_700_000_000,
  client_secret: 'MARKED-secret-of-client-1',
  client_secret_expires_at: 0,
  client_name: 'Mine',
  redirect_uris: ['http://127.0.0.1/callback'],
  token_endpoint_auth_method: 'client_secret_basic',
  registration_access_token: 'MARKED-registration-token-1',
  registration_client_uri: 'ISSUER/register/c-1',
}

/** A server whose every answer about a registration is said by the test, by method; all others are 404. */
export async function startRegistrationServer(answers: Partial<Record<string, RegistrationAnswer>>) {
  const seen: SeenRequest[] = []
  const server = await startHttpServer(async (request, response) => {
    const issuer = `http://${request.headers.host}`
    const { url: path = '/', method = 'GET' } = request
    if (path.startsWith('/.well-known/')) {
      const endpoints = { token_endpoint: `${issuer}/token`, registration_endpoint: `${issuer}/register` }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ issuer, ...endpoints }))
      return
    }
    const text = await bodyOf(request)
    const body = text === '' ? undefined : (JSON.parse(text) as JsonObject)
    seen.push({ method, path, token: request.headers.authorization, body })
    const answer = answers[method] ?? { status: 404 }
    if (typeof answer === 'function') answer(response, issuer, request)
    else send(response, issuer, answer)
  })
  return { ...server, issuer: server.origin, seen, answers }
}

type Said = Exclude<RegistrationAnswer, (...args: never) => unknown>

function send(response: ServerResponse, issuer: string, { status, document, text, type = 'application/json' }: Said) {
  response.writeHead(status, { 'content-type': text === undefined ? type : 'text/html' })
  response.end(text ?? (document && JSON.stringify(document).replaceAll('ISSUER', issuer)))
}
