import { createHash } from 'node:crypto'
import type { Registration } from '../../src/contract/registration.ts'
import { createRegistrationStore } from '../../src/core/registrations/create-registration-store.ts'
import type { TestEngine } from './test-engine.ts'

/** Puts a client of a server into the inventory as one that was registered from here, its token in the vault. */
export async function keepKnownRegistration(
  { ports }: Pick<TestEngine, 'ports'>,
  { issuer, ...change }: Partial<Registration> & { issuer: string },
): Promise<Registration> {
  const id = change.id ?? createHash('sha256').update(issuer).digest('hex').slice(0, 8)
  const token = `registered_${id}_management`
  const registration: Registration = {
    id,
    isOwn: true,
    vendor: 'rfc7592',
    issuer,
    profile: null,
    client_id: 'some-value',
    title: 'Known',
    registeredAt: '2026-11-21T02:00:00.000Z',
    state: 'registered',
    management: { registration_client_uri: `${issuer}/register/some-value`, token },
    profiles: [],
    ...change,
  }
  await ports.vault.set(token, 'MARKED-known-token', { origins: [issuer], connection: '', settled: true })
  await createRegistrationStore(ports.dataFolder).save(registration)
  return registration
}
