import type { AuthorizationServer } from 'oauth4webapi'
import type { JsonObject } from '../../contract/json.ts'
import { endpointsOf } from '../../contract/metadata/capabilities.ts'
import { problemIn } from '../../contract/wire.ts'
import type { RunContext } from '../runs/run-context.ts'

const mostHosts = 20

/**
 * Asks every host that the metadata names whether it is there: one HEAD each, without credentials. A host that cannot
 * be reached is a finding, never an end.
 */
export async function reachEndpoints(context: RunContext, server: AuthorizationServer): Promise<void> {
  const addresses = endpointsOf(server as unknown as JsonObject).flatMap(({ address }) => URL.parse(address) ?? [])
  const byOrigin = new Map(addresses.map((url) => [url.origin, url]))
  for (const url of [...byOrigin.values()].slice(0, mostHosts)) {
    try {
      const response = await context.fetch(url, { purpose: 'reach', method: 'HEAD' })
      await response.arrayBuffer()
    } catch (error) {
      // Recorded with the exchange; only a cancelled run goes no further.
      if (context.signal.aborted || !problemIn(error)) throw error
    }
  }
}

/**
 * Asks endpoints that a browser application needs whether they let its origin read the answer.
 * @see Fetch Standard §3.2.2
 */
export async function checkCors(context: RunContext, server: AuthorizationServer, origin: string): Promise<void> {
  const endpoints = [server.token_endpoint, server.userinfo_endpoint, server.jwks_uri, server.revocation_endpoint]
  for (const endpoint of endpoints) {
    const url = endpoint === undefined ? null : URL.parse(endpoint)
    if (!url) continue
    const headers = {
      origin,
      'access-control-request-method': endpoint === server.jwks_uri ? 'GET' : 'POST',
      'access-control-request-headers': 'authorization',
    }
    try {
      const response = await context.fetch(url, { purpose: 'cors', method: 'OPTIONS', headers })
      await response.arrayBuffer()
    } catch (error) {
      if (context.signal.aborted || !problemIn(error)) throw error
    }
  }
}
