import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { RouterClient } from '@orpc/server'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import type { Engine } from '../contract/engine.ts'
import { engineOverWire } from '../contract/wire.ts'
import type { EngineRouter } from '../core/router.ts'
import { openSession, openSocket, servePage } from './testing/serve-page.ts'

test('a page hands over a capsule of the largest size, and nothing without bound', async () => {
  const lengths: number[] = []
  const runCommand = (async (_id: string, { text }: { text: string }) => {
    lengths.push(text.length)
    return { runIds: [] }
  }) as unknown as Engine['runCommand']
  await using host = await servePage({ engine: { runCommand } })
  const socket = await openSocket(host.server, ['grantlab', `session.${await openSession(host.server)}`])
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  const wire: RouterClient<EngineRouter> = createORPCClient(new RPCLink({ websocket: socket }))
  const engine = engineOverWire(wire)
  const quoted = 'x"xx'.repeat(16 * 1024 * 1024)
  expect(await engine.runCommand('capsule open', { text: quoted })).toEqual({ runIds: [] })
  expect(lengths).toEqual([64 * 1024 * 1024])
  const ended = once(socket, 'close')
  socket.send(Buffer.alloc(96 * 1024 * 1024 + 1))
  expect((await ended)[0]).toBe(1009)
})
