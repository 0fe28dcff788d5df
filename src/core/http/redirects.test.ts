import { describe, expect, it } from 'vitest'
import { bodyOf } from '../../../tests/support/http-server.ts'
import { problemOfRejection, recordingObserver } from './testing/recording-observer.ts'
import { useServers } from './testing/use-server.ts'

const { serve, transport } = useServers()

describe('redirects', () => {
  const chain = (path: string) =>
    serve((request, response) => {
      const step = Number(request.url!.slice(1))
      if (request.url === path) response.end(`${request.method} ${String(request.headers['x-a'])}`)
      else response.writeHead(302, { location: `/${step + 1}` }).end()
    })

  it('are answered as they are by default', async () => {
    const server = await chain('/1')
    const { observer, seen } = recordingObserver()
    const response = await transport().fetch(`${server.origin}/0`, { observer })
    expect([response.status, response.headers.get('location'), seen.length]).toEqual([302, '/1', 1])
  })

  it('are followed on the same origin, each its own exchange', async () => {
    const server = await chain('/5')
    const { observer, seen } = recordingObserver()
    const response = await transport().fetch(`${server.origin}/0`, {
      headers: { 'x-a': 'kept' },
      observer,
      redirect: 'same-origin',
    })
    expect(await response.text()).toBe('GET kept')
    expect(response.url).toBe(`${server.origin}/5`)
    expect(seen.map(({ request }) => new URL(request.url).pathname)).toEqual(['/0', '/1', '/2', '/3', '/4', '/5'])
  })

  it('turn a POST into a GET without its body', async () => {
    const server = await serve(async (request, response) => {
      if (request.url === '/0') response.writeHead(303, { location: '/1' }).end()
      else response.end(`${request.method} ${request.headers['content-type']} ${await bodyOf(request)}`)
    })
    const { observer } = recordingObserver()
    const init = { method: 'POST', body: 'a', headers: { 'content-type': 'text/plain' }, observer }
    const response = await transport().fetch(`${server.origin}/0`, { ...init, redirect: 'same-origin' })
    expect(await response.text()).toBe('GET undefined ')
  })

  it('end after five hops', async () => {
    const server = await chain('/7')
    const { observer, seen } = recordingObserver()
    const problem = await problemOfRejection(
      transport().fetch(`${server.origin}/0`, { observer, redirect: 'same-origin' }),
    )
    expect(problem).toMatchObject({ code: 'response-unexpected', status: 302 })
    expect(seen).toHaveLength(6)
  })

  it('never reach another origin', async () => {
    const other = await serve((_request, response) => response.end('stolen'))
    const server = await serve((_request, response) => response.writeHead(302, { location: other.origin }).end())
    const { observer, seen } = recordingObserver()
    const problem = await problemOfRejection(
      transport().fetch(server.origin, { observer, redirect: 'same-origin', headers: { authorization: 'Bearer x' } }),
    )
    expect(problem.code).toBe('redirect-to-other-origin')
    expect(problem.detail).toContain(server.origin)
    expect(problem.detail).toContain(other.origin)
    expect(other.connections()).toBe(0)
    expect(seen).toHaveLength(1)
  })
})
