import { describe, expect, it } from 'vitest'
import { clientAuthMethods } from '../../src/core/client-auth/index.ts'

// A secret with everything that form-encoding, percent-encoding and base64 treat apart.
const secret = 'pa:ss w+rd/%é='
const client = { client_id: 'cl:ient' }
const server = { issuer: 'https://as.test' }

const expected: Record<string, { header: string | null; body: Record<string, string> }> = {
  none: { header: null, body: { client_id: 'cl:ient' } },
  client_secret_basic: {
    header: `Basic ${btoa('cl%3Aient:pa%3Ass+w%2Brd%2F%25%C3%A9%3D')}`,
    body: {},
  },
  client_secret_basic_raw: {
    header: `Basic ${Buffer.from('cl:ient:pa:ss w+rd/%é=', 'utf8').toString('base64')}`,
    body: {},
  },
  client_secret_post: { header: null, body: { client_id: 'cl:ient', client_secret: secret } },
}

describe.each(clientAuthMethods.map((method) => [method.id, method] as const))('%s', (id, method) => {
  it('puts exactly these bytes into the request', async () => {
    const body = new URLSearchParams()
    const headers = new Headers()
    const authenticate = await method.load(secret)
    await authenticate(server, client, body, headers)
    expect(headers.get('authorization')).toBe(expected[id]!.header)
    expect(Object.fromEntries(body)).toEqual(expected[id]!.body)
  })

  it('says what it is and where it is specified', () => {
    expect(method.section).toMatch(/^RFC \d+/)
    expect(method.summary.endsWith('.')).toBe(true)
  })
})

describe('client_secret_basic', () => {
  it('leaves a secret alone that the form encoding leaves alone', async () => {
    const headers = new Headers()
    const method = clientAuthMethods.find(({ id }) => id === 'client_secret_basic')!
    const authenticate = await method.load('a-b_c.d*9')
    await authenticate(server, { client_id: 'x-y' }, new URLSearchParams(), headers)
    expect(headers.get('authorization')).toBe(`Basic ${btoa('x-y:a-b_c.d*9')}`)
  })
})
