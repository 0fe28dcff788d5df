import type { ParameterValues } from '../../contract/description.ts'
import type { Actor, Party } from '../../contract/events.ts'
import type { JsonObject, NameValue } from '../../contract/json.ts'
import type { TracedInit } from '../http/exchange.ts'
import { mergeHeaders } from '../http/own-headers.ts'
import { endpointOriginsOf, originOf } from './secret-places.ts'

/** The servers a profile is about: its issuer, the endpoints that one names, its management API, and the API that is called. */
export interface OwnServers {
  /** The endpoints of this metadata belong to the profile. */
  meet(metadata: JsonObject): void
  /** Adds what is meant for these servers alone: the profile's headers and its client certificate. */
  initFor<T extends Pick<TracedInit, 'headers'>>(
    url: string | URL,
    exchange: { actor: Actor; party: Party },
    init: T,
  ): T & Pick<TracedInit, 'headers' | 'showsClient'>
}

/** Creates the servers of one run. */
export function createOwnServers(values: ParameterValues, headers: readonly NameValue[]): OwnServers {
  const origins = new Set(
    [values.issuer, values.url, values.api_base].map(originOf).filter((origin) => origin !== undefined),
  )
  return {
    meet(metadata) {
      for (const origin of endpointOriginsOf(metadata)) origins.add(origin)
    },
    initFor(url, { actor, party }, init) {
      // SECURITY: a stranger's server, such as one that a sign-in passes through, gets neither.
      if (!origins.has(originOf(String(url)) ?? '')) return init
      // A browser would show its certificate, too, but sends no header of anybody's.
      if (actor === 'browser' || headers.length === 0) return { ...init, showsClient: true }
      // A call to an API has headers of its own, given for that one request; those of protocol messages are only usual.
      const merged =
        party === 'resource-server' ? mergeHeaders(headers, init.headers) : mergeHeaders(init.headers, headers)
      return { ...init, headers: merged, showsClient: true }
    },
  }
}
