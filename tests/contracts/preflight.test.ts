import { expect, it } from 'vitest'
import type { JsonObject } from '../../src/contract/json.ts'
import { preflightOf } from '../../src/contract/preflight/preflight.ts'
import { wantedOf } from '../../src/contract/preflight/wanted.ts'
import { clientAuthMethods } from '../../src/core/client-auth/index.ts'
import { chooseClientAuth } from '../../src/core/protocol/choose-client-auth.ts'
import type { RunContext } from '../../src/core/runs/run-context.ts'

const silent = { decide() {}, prove() {} } as unknown as RunContext
const registered = [...new Set(clientAuthMethods.map(({ registeredAs }) => registeredAs))]
const offers = [
  undefined,
  [],
  ...registered.map((one) => [one]),
  registered,
  registered.toReversed(),
  ['private_key_jwt'],
]

// The window compares before anything runs; it must come to the method that the run then takes.
it.each(offers.flatMap((offer) => ['', 'a-secret'].map((client_secret) => ({ offer, client_secret }))))(
  'pre-flight and run choose the same client authentication: $offer, "$client_secret"',
  async ({ offer, client_secret }) => {
    const metadata: JsonObject = offer ? { token_endpoint_auth_methods_supported: offer } : {}
    for (const client_auth of ['auto', ...clientAuthMethods.map(({ id }) => id)]) {
      const parameters = { client_id: 'me', client_auth, client_secret }
      const chosen = await chooseClientAuth(silent, { issuer: 'https://as.test', ...metadata }, parameters).catch(
        () => null,
      )
      const checks = preflightOf(wantedOf(parameters, 'client-credentials'), { client_id: 'me', further: {} }, metadata)
      const wanted = checks.find(({ subject }) => subject === 'client-auth')?.wanted
      // A method that needs a secret that is not there stops the run by itself.
      if (chosen) expect([client_auth, wanted]).toEqual([client_auth, chosen.method.registeredAs])
    }
  },
)
