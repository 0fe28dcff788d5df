import type { ParameterValues } from '../../src/contract/description.ts'
import type { TestPlayground } from './test-engine.ts'

/** A server that a vendor manages, and what the vendor's tests need to know of it. */
export interface VendorFixture {
  /** whom to ask, and with which key */
  parameters: ParameterValues
  /** a client that can be made there */
  client: ParameterValues
  /** a value that the server must not take in the place of the key; absent where there is no key */
  wrongKey?: ParameterValues
}

/** Every vendor with a real server of its kind: the emulator, and the playground's own authorization server. */
export const vendorFixtures: Record<string, (playground: TestPlayground) => VendorFixture> = {
  rfc7592: ({ issuer }) => ({
    parameters: { issuer, vendor: 'rfc7592' },
    client: {
      client_name: 'Made by a test',
      preset: 'confidential-web',
      redirect_uris: ['https://app.example.test/callback'],
      scope: 'openid api:read',
    },
  }),
  telnyx: ({ playground }) => {
    const { issuer, base_url, api_key } = playground.info.telnyx
    const parameters = { issuer, vendor: 'telnyx', api_base: base_url, api_key }
    return {
      parameters,
      client: {
        client_name: 'Made by a test',
        preset: 'confidential-web',
        redirect_uris: ['https://app.example.test/callback'],
        scope: 'messaging.read numbers.read',
      },
      wrongKey: { ...parameters, api_key: 'KEY-that-nobody-gave-out-0123456789' },
    }
  },
}
