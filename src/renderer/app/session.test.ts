import { describe, expect, it } from 'vitest'
import { openSession } from './session.ts'

function ports(hash: string, status = 200) {
  const stored = new Map<string, string>()
  const addresses: unknown[] = []
  const requests: { path: string; init: RequestInit }[] = []
  return {
    stored,
    addresses,
    requests,
    location: { hash, pathname: '/', search: '' },
    history: { replaceState: (_state: unknown, _title: string, url?: string | URL | null) => void addresses.push(url) },
    storage: {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, value: string) => void stored.set(name, value),
    },
    async fetch(path: string, init: RequestInit) {
      requests.push({ path, init })
      return Response.json({ session: 'traded' }, { status })
    },
  }
}

describe('the token of the opened address', () => {
  it('is traded for a session and taken out of the address', async () => {
    const given = ports('#token=once')
    expect(await openSession(given)).toEqual({ session: 'traded', isUsedUp: false })
    expect(given.addresses).toEqual(['/'])
    expect(given.requests.map(({ path, init }) => [path, init.method, init.body])).toEqual([
      ['/session', 'POST', '{"token":"once"}'],
    ])
    expect([...given.stored.values()]).toEqual(['traded'])
  })

  it('is taken out of the address even when it was used before', async () => {
    const given = ports('#token=used', 401)
    expect(await openSession(given)).toEqual({ session: null, isUsedUp: true })
    expect(given.addresses).toEqual(['/'])
  })
})

it('finds the session again after a reload', async () => {
  const given = ports('')
  given.stored.set('grantlab.session', 'kept')
  expect(await openSession(given)).toEqual({ session: 'kept', isUsedUp: false })
  expect(given.requests).toEqual([])
})

it('answers none in a copied address', async () => {
  expect(await openSession(ports(''))).toEqual({ session: null, isUsedUp: false })
})
