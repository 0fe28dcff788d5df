import { describe, expect, it } from 'vitest'
import { createReconnectingLink, type Connection, type ConnectionState, type WireLink } from './reconnecting-link.ts'

const answering: WireLink = { call: async (path, input) => ({ path, input }) }
const silent: WireLink = { call: () => new Promise(() => {}) }

function connections(options: { fails?: number; link?: WireLink } = {}) {
  const states: ConnectionState[] = []
  const pauses: number[] = []
  const closes: (() => void)[] = []
  let left = options.fails ?? 0
  const connect = async (): Promise<Connection> => {
    if (left-- > 0) throw new Error('refused')
    const { promise, resolve } = Promise.withResolvers<void>()
    closes.push(resolve)
    return { link: options.link ?? answering, closed: promise }
  }
  const pause = async (milliseconds: number) => void pauses.push(milliseconds)
  const reconnecting = createReconnectingLink({ connect, onState: (state) => states.push(state), pause })
  return { reconnecting, states, pauses, closes }
}

describe('a connection that cannot be made', () => {
  it('is tried again with growing pauses, and the call waits for it', async () => {
    const { reconnecting, states, pauses } = connections({ fails: 7 })
    const answer = await reconnecting.link.call(['describe'], 1, { context: {} })
    expect(answer).toEqual({ path: ['describe'], input: 1 })
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000])
    expect([states[0], states[1], states.at(-1)]).toEqual(['connecting', 'lost', 'connected'])
  })
})

describe('a connection that breaks', () => {
  it('fails the call under way, which is not sent twice, and connects again', async () => {
    const { reconnecting, closes, states } = connections({ link: silent })
    await reconnecting.reconnected()
    const call = reconnecting.link.call(['runs', 'start'], {}, { context: {} })
    closes[0]!()
    await expect(call).rejects.toThrow('The connection broke.')
    await reconnecting.reconnected()
    expect(closes).toHaveLength(2)
    expect(states).toEqual(['connecting', 'connected', 'lost', 'connected'])
  })
})

it('stops waiting for a connection when the signal says so', async () => {
  const { reconnecting } = connections({ fails: 1 })
  await expect(reconnecting.reconnected(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
})
