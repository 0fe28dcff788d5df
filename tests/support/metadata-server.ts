import { gzipSync } from 'node:zlib'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { startHttpServer } from './http-server.ts'

/** What a path answers; the text `ISSUER` in it becomes the server's address. */
export type Answer = object | string | ((request: IncomingMessage, response: ServerResponse, issuer: string) => void)

/** A server whose every path is said by the test; what is not said is 404. */
export async function startMetadataServer(paths: Record<string, Answer>) {
  return startHttpServer((request, response) => {
    const issuer = `http://${request.headers.host}`
    const answer = paths[request.url ?? '']
    if (answer === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not here')
      return
    }
    if (typeof answer === 'function') {
      answer(request, response, issuer)
      return
    }
    const isText = typeof answer === 'string'
    response.writeHead(200, {
      'content-type': isText ? 'text/html' : 'application/json',
      'cache-control': 'max-age=60',
    })
    response.end((isText ? answer : JSON.stringify(answer)).replaceAll('ISSUER', issuer))
  })
}

/** Metadata of a sound server that has only this much. */
export const soundMetadata = {
  issuer: 'ISSUER',
  authorization_endpoint: 'ISSUER/authorize',
  token_endpoint: 'ISSUER/token',
  jwks_uri: 'ISSUER/jwks',
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
}

/** A few bytes that become many. */
export function inflating(bytes: number): Answer {
  const body = gzipSync(Buffer.alloc(bytes, ' '))
  return (_request, response) =>
    void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(body)
}
