import type { AddressReading, ProfileTemplate } from '../../contract/commands.ts'

/** A known service: its hosts, and the issuer that stands for all of them. */
interface KnownService extends ProfileTemplate {
  hosts: RegExp
  hint: string
}

/** Starts of profiles for services whose issuer people do not know by heart. Scopes come from the metadata. */
const services: readonly KnownService[] = [
  {
    id: 'telnyx',
    title: 'Telnyx',
    address: 'telnyx',
    values: { issuer: 'https://api.telnyx.com', vendor: 'telnyx' },
    hosts: /^(?:.+\.)?telnyx\.com$/,
    hint: 'Read as Telnyx: its issuer is the API host without /v2.',
  },
]

/** What a new profile can start with. */
export function listTemplates(): ProfileTemplate[] {
  return services.map(({ id, title, address, values }) => ({ id, title, address, values }))
}

/** The start of a profile for a service by its name; undefined when no service has it. */
export function readServiceName(text: string): AddressReading | undefined {
  const found = services.find(({ id }) => id === text.trim().toLowerCase())
  return found && { values: { ...found.values }, read: found.hint }
}

/** A reading whose issuer was guessed from an address of a known service gets that service's issuer. */
export function withKnownIssuer(reading: AddressReading): AddressReading {
  const host = URL.parse(String(reading.values.issuer ?? ''))?.hostname ?? ''
  const found = services.find(({ hosts }) => hosts.test(host))
  if (!found) return reading
  const values = { ...reading.values, ...found.values }
  // An issuer that is the service's already was read right: there is nothing to say.
  return reading.values.issuer === values.issuer
    ? { ...reading, values }
    : { values, read: `${reading.read} ${found.hint}` }
}
