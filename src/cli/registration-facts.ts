import type { Registration } from '../contract/registration.ts'
import { localPointOf } from './human-time.ts'
import { line, type Paint, type Painted } from './paint.ts'
import { tableLines } from './table-lines.ts'

const states: Record<Registration['state'], string> = {
  registered: 'registered',
  unknown: 'unknown: the answer never came; look at the server',
  gone: 'gone',
}

/** What is known of one registration, for people: times by this machine's clock, secrets by their names. */
export function registrationFacts(one: Registration, { paint, now }: { paint: Paint; now: Date }): Painted[] {
  const { client, clientSecret, clientSecretExpiresAt, management, readAt, profiles, profile } = one
  const expiry = clientSecretExpiresAt ? localPointOf(clientSecretExpiresAt, now) : 'never, or not said'
  const facts = {
    id: one.id,
    client_id: one.client_id,
    title: one.title,
    issuer: one.issuer,
    vendor: one.vendor,
    state: one.isOwn ? states[one.state] : `${states[one.state]}; registered by somebody else`,
    registeredAt: localPointOf(one.registeredAt, now),
    ...(readAt ? { readAt: localPointOf(readAt, now) } : {}),
    ...(profile === null ? {} : { madeWithProfile: profile }),
    ...(clientSecret ? { clientSecret: `secret ${clientSecret}`, expires: expiry } : {}),
    ...(management
      ? { managedAt: management.registration_client_uri, managementToken: `secret ${management.token}` }
      : {}),
    ...(profiles.length > 0 ? { profiles } : {}),
  }
  return [...tableLines(facts, paint), ...(client ? [line``, ...tableLines({ ...client }, paint)] : [])]
}
