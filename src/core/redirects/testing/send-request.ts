import { request, type IncomingHttpHeaders } from 'node:http'
import { connect, type Socket } from 'node:net'

/** A request to a loopback port, with everything a browser would not let one set. */
export interface TestRequest {
  address?: '127.0.0.1' | '::1'
  port: number
  path: string
  method?: string
  host?: string
  headers?: Record<string, string>
  body?: string
}

/** What came back. */
export interface TestResponse {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Sends one request on its own connection. `host` defaults to the address and port as a browser writes them. */
export function sendRequest(sent: TestRequest): Promise<TestResponse> {
  const { address = '127.0.0.1', port, path, method = 'GET', body } = sent
  const host = sent.host ?? `${address === '::1' ? '[::1]' : address}:${port}`
  const { promise, resolve, reject } = Promise.withResolvers<TestResponse>()
  const outgoing = request({ host: address, port, path, method, agent: false, headers: { host, ...sent.headers } })
  outgoing.once('error', reject)
  outgoing.once('response', (response) => {
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => (text += chunk))
    response.once('error', reject)
    response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
  })
  outgoing.end(body)
  return promise
}

/** Posts a form as a form_post page does. */
export function sendForm(sent: TestRequest & { form: Record<string, string> }): Promise<TestResponse> {
  const body = new URLSearchParams(sent.form).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...sent.headers }
  return sendRequest({ ...sent, method: 'POST', headers, body })
}

/** An open connection that has sent nothing yet. */
export async function openSocket(port: number, address = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ host: address, port })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('connect', resolve)
  socket.once('error', reject)
  await promise
  socket.off('error', reject)
  socket.on('error', () => undefined)
  return socket
}

/** Everything a connection still gets, until it is closed. */
export async function readToEnd(socket: Socket): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
  socket.once('close', () => resolve(text))
  return promise
}

/** Tells whether anything listens there. */
export async function isListening(port: number, address = '127.0.0.1'): Promise<boolean> {
  try {
    const socket = await openSocket(port, address)
    socket.destroy()
    return true
  } catch {
    return false
  }
}
