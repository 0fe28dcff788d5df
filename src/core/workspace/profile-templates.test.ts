import { expect, test } from 'vitest'
import { listTemplates } from './profile-templates.ts'
import { readAddress } from './read-address.ts'

const issuer = 'https://api.telnyx.com'

test.each([
  'telnyx',
  ' Telnyx ',
  'api.telnyx.com',
  'telnyx.com',
  'https://api.telnyx.com/v2',
  'https://api.telnyx.com/v2/mcp',
])('%j starts a profile with the issuer of the service and how it is managed', (address) => {
  expect(readAddress(address).values).toEqual({ issuer, vendor: 'telnyx' })
})

test('a sign-in address keeps what else it says', () => {
  const address =
    'https://api.telnyx.com/v2/oauth/authorize?response_type=code&client_id=me&redirect_uri=http://127.0.0.1/cb'
  expect(readAddress(address).values).toMatchObject({ issuer, client_id: 'me' })
})

test.each(['https://telnyx.com.evil.test', 'https://nottelnyx.com', 'https://evil.test/telnyx.com'])(
  '%s is another server',
  (address) => {
    expect(readAddress(address).values.issuer).toBe(address)
  },
)

test('every template can be read by its address', () => {
  for (const { address, values } of listTemplates()) expect(readAddress(address).values).toEqual(values)
})
