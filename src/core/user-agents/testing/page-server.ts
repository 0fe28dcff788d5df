import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request as a test page server got it. */
export interface PageRequest {
  method: string
  url: URL
  headers: IncomingHttpHeaders
  /** raw body */
  body: string
  /** the body read as a form */
  form: Record<string, string>
}

/** What a route answers: HTML as a string, or everything by name. */
export type PageAnswer =
  string | { status?: number; headers?: Record<string, string | string[]>; html?: string; location?: string }

/** Routes by path, or `METHOD /path`. */
export type PageRoutes = Record<string, PageAnswer | ((request: PageRequest) => PageAnswer)>

/** A server of sign-in pages. */
export interface PageServer {
  /** `http://127.0.0.1:PORT` */
  origin: string
  port: number
  requests: PageRequest[]
  /** `METHOD /path` of each request */
  trail(): string[]
}

/** Serves routes until the test ends; what has no route gets 404. */
export async function servePages(routes: PageRoutes, host = '127.0.0.1'): Promise<PageServer> {
  const requests: PageRequest[] = []
  const server = createServer((incoming, response) => void answer(incoming, response))
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming)
    requests.push(request)
    const route = routes[`${request.method} ${request.url.pathname}`] ?? routes[request.url.pathname] ?? { status: 404 }
    send(response, typeof route === 'function' ? route(request) : route)
  }
  server.listen(0, host === 'localhost' ? '127.0.0.1' : host)
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const trail = () => requests.map(({ method, url }) => `${method} ${url.pathname}`)
  return { origin: `http://${host}:${port}`, port, requests, trail }
}

async function readRequest(incoming: IncomingMessage): Promise<PageRequest> {
  let body = ''
  for await (const chunk of incoming) body += String(chunk)
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`)
  const form = Object.fromEntries(new URLSearchParams(body))
  return { method: incoming.method ?? '', url, headers: incoming.headers, body, form }
}

function send(response: ServerResponse, answer: PageAnswer): void {
  const { status, headers, html = '', location } = typeof answer === 'string' ? { html: answer } : answer
  const defaults = { 'content-type': 'text/html; charset=utf-8', ...(location === undefined ? {} : { location }) }
  response.writeHead(status ?? (location === undefined ? 200 : 302), { ...defaults, ...headers })
  response.end(html)
}
