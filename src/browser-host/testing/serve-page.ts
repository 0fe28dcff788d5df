import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { request, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { WebSocket } from 'ws'
import type { Engine } from '../../contract/engine.ts'
import { startServer, type HostServer } from '../start-server.ts'

const page = '<!doctype html><meta property="csp-nonce" nonce="__NONCE__"><script src="/assets/app-1a2b.js"></script>'

/** A host server over a page of two files and an engine that answers its description. */
export async function servePage(options: { port?: number; engine?: Partial<Engine> } = {}) {
  const parent = await mkdtemp(join(tmpdir(), 'grantlab-host-'))
  const folder = join(parent, 'renderer')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'index.html'), page)
  await writeFile(join(folder, 'assets', 'app-1a2b.js'), 'export {}')
  await writeFile(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(folder, 'notes.map'), 'not served')
  await writeFile(join(parent, 'secret.txt'), 'outside')
  await symlink(join(parent, 'secret.txt'), join(folder, 'link.txt'))
  const logged: unknown[] = []
  const engine = { describe: async () => ({ version: '1', operations: [], commands: [] }), ...options.engine }
  const server = await startServer({
    engine: engine as unknown as Engine,
    folder: pathToFileURL(`${folder}/`),
    port: options.port ?? 0,
    log: (error) => logged.push(error),
  }).catch(async (error: unknown) => {
    await rm(parent, { recursive: true })
    throw error
  })
  return {
    server,
    logged,
    async [Symbol.asyncDispose]() {
      await server.close()
      await rm(parent, { recursive: true })
    },
  }
}

/** An answer as it came. */
export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** Sends a request as it is: no path is cleaned up and no header added but Host. */
export function send(
  { origin }: HostServer,
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(origin)
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>()
  const headers = { Host: host, ...init.headers }
  const outgoing = request(
    { hostname, port, path, method: init.method ?? 'GET', headers, agent: false },
    (incoming) => {
      let text = ''
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }))
    },
  )
  outgoing.on('error', reject)
  outgoing.end(init.body)
  return promise
}

/** Posts to `/session` as the page does. */
export function postSession(server: HostServer, body: object, headers: Record<string, string> = {}) {
  return send(server, '/session', {
    method: 'POST',
    headers: { Origin: server.origin, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** The one-time token of a new address. */
export function tokenOf(server: HostServer): string {
  return new URL(server.newAddress()).hash.replace('#token=', '')
}

/** A session as the page gets it. */
export async function openSession(server: HostServer): Promise<string> {
  const { text } = await postSession(server, { token: tokenOf(server) })
  return (JSON.parse(text) as { session: string }).session
}

/** Opens a WebSocket; answers the open socket or the status with which it was refused. */
export function openSocket(
  { origin }: HostServer,
  protocols: string[],
  init: { path?: string; origin?: string; host?: string } = {},
): Promise<WebSocket | number> {
  const { promise, resolve } = Promise.withResolvers<WebSocket | number>()
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${init.path ?? '/rpc'}`, protocols, {
    headers: { Origin: init.origin ?? origin, ...(init.host ? { Host: init.host } : {}) },
  })
  socket.on('open', () => resolve(socket))
  socket.on('error', () => undefined)
  socket.on('unexpected-response', (_request, response) => {
    resolve(response.statusCode ?? 0)
    response.destroy()
  })
  return promise
}
