import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** A token endpoint that takes each refresh token once: using one again is refused, as after a theft. */
export async function startRotatingServer(first: string) {
  let valid = first
  let count = 1
  const server = createServer((request, response) => {
    facts.requests++
    const given = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('refresh_token')
    if (given !== valid) {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}')
      return
    }
    count++
    valid = `rt-${count}`
    const answer = { access_token: `at-${count}`, refresh_token: valid, token_type: 'Bearer' }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const facts = {
    requests: 0,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return facts
}
