import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { afterEach, describe, expect, it } from 'vitest'
import { bodyOf, startHttpServer } from '../../../tests/support/http-server.ts'
import type { HttpTransport } from './exchange.ts'
import { recordingObserver, testTransport } from './testing/recording-observer.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A small authorization server with one client. */
async function startIssuer() {
  const server = await startHttpServer(async (request, response) => {
    const { origin } = server
    response.setHeader('content-type', 'application/json')
    switch (request.url) {
      case '/.well-known/openid-configuration':
        return response.end(
          JSON.stringify({
            issuer: origin,
            token_endpoint: `${origin}/token`,
            introspection_endpoint: `${origin}/introspect`,
            userinfo_endpoint: `${origin}/userinfo`,
          }),
        )
      case '/token':
        if (!(await bodyOf(request)).includes('grant_type=client_credentials')) return response.writeHead(400).end('{}')
        if (request.headers.authorization !== `Basic ${btoa('me:secret')}`)
          return response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end('{"error":"invalid_client"}')
        return response.end('{"access_token":"the-token","token_type":"bearer","expires_in":60}')
      case '/introspect':
        return response.end('{"active":true,"client_id":"me"}')
      case '/userinfo':
        return response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end()
      default:
        return response.writeHead(404).end('{}')
    }
  })
  closing.push(server.close)
  return server
}

function customFetch(transport: HttpTransport) {
  const { observer, seen } = recordingObserver()
  const fetch: openid.CustomFetch = (url, options) =>
    transport.fetch(url, {
      method: options.method,
      headers: options.headers,
      body: options.body as URLSearchParams,
      observer,
      ...(options.signal ? { signal: options.signal } : {}),
    })
  return { fetch, seen }
}

async function configure(secret: string) {
  const server = await startIssuer()
  const transport = testTransport()
  closing.push(() => transport.close())
  const { fetch, seen } = customFetch(transport)
  const config = await openid.discovery(new URL(server.origin), 'me', undefined, openid.ClientSecretBasic(secret), {
    execute: [openid.allowInsecureRequests],
    [openid.customFetch]: fetch,
  })
  return { config, seen, server, fetch }
}

describe('openid-client and oauth4webapi over the transport', () => {
  it('discover, get a token, introspect it', async () => {
    const { config, seen, server } = await configure('secret')
    const tokens = await openid.clientCredentialsGrant(config, { scope: 'a b' })
    expect(tokens.access_token).toBe('the-token')
    expect(await openid.tokenIntrospection(config, tokens.access_token)).toMatchObject({ active: true })
    expect(seen.map(({ request }) => `${request.method} ${request.url.slice(server.origin.length)}`)).toEqual([
      'GET /.well-known/openid-configuration',
      'POST /token',
      'POST /introspect',
    ])
    expect(Buffer.from(seen[1]!.request.body!).toString()).toContain('scope=a+b')
  })

  it('read an OAuth error out of an answer with a challenge', async () => {
    const { config } = await configure('wrong')
    await expect(openid.clientCredentialsGrant(config)).rejects.toMatchObject({
      cause: [{ scheme: 'basic', parameters: { realm: 'x' } }],
      status: 401,
    })
  })

  it('read an OAuth error out of a body', async () => {
    const { config } = await configure('secret')
    const server = await startHttpServer((_request, response) =>
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_scope"}'),
    )
    closing.push(server.close)
    const as = { issuer: config.serverMetadata().issuer, token_endpoint: `${server.origin}/token` }
    const { fetch } = customFetch(testTransport())
    const other = new openid.Configuration(as, 'me', undefined, openid.None())
    openid.allowInsecureRequests(other)
    other[openid.customFetch] = fetch
    await expect(openid.clientCredentialsGrant(other)).rejects.toMatchObject({ error: 'invalid_scope', status: 400 })
  })

  it('read a challenge of a protected resource', async () => {
    const { config } = await configure('secret')
    await expect(openid.fetchUserInfo(config, 'token', 'sub')).rejects.toMatchObject({ status: 401 })
  })

  it('take the answer in the plain functions of oauth4webapi', async () => {
    const { config, fetch } = await configure('secret')
    const as = config.serverMetadata()
    const client = { client_id: 'me' }
    const response = await oauth.clientCredentialsGrantRequest(
      as,
      client,
      oauth.ClientSecretBasic('secret'),
      {},
      {
        [oauth.customFetch]: fetch,
        [oauth.allowInsecureRequests]: true,
      },
    )
    expect((await oauth.processClientCredentialsResponse(as, client, response)).access_token).toBe('the-token')
    expect(response.bodyUsed).toBe(true)
  })
})
