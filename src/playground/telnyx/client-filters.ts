import { invalidParameter } from './api-error.ts'
import { grantTypes, type OAuthClient } from './client-store.ts'

type Matches = (client: OAuthClient) => boolean

/** What each filter of the list of clients keeps. */
const filters: Record<string, (value: string) => Matches> = {
  'filter[client_id]': (value) => (client) => client.client_id === value,
  'filter[client_type]': (value) => {
    requireOneOf('filter[client_type]', value, ['public', 'confidential'])
    return (client) => client.client_type === value
  },
  'filter[name]': (value) => (client) => client.name === value,
  'filter[name][contains]': (value) => {
    const part = value.toLowerCase()
    return (client) => client.name.toLowerCase().includes(part)
  },
  'filter[allowed_grant_types][contains]': (value) => {
    requireOneOf('filter[allowed_grant_types][contains]', value, grantTypes)
    return (client) => client.allowed_grant_types.some((type) => type === value)
  },
  'filter[verified]': (value) => {
    requireOneOf('filter[verified]', value, ['true', 'false'])
    // Nobody verifies clients here.
    return () => value === 'false'
  },
}

/**
 * The clients that all filters of a query keep; a filter that the API does not know is not looked at.
 * @throws ApiError 422 for a value that a filter cannot have.
 */
export function filterClients(clients: OAuthClient[], query: URLSearchParams): OAuthClient[] {
  const wanted = Object.entries(filters).flatMap(([name, create]) => query.getAll(name).map(create))
  return wanted.length === 0 ? clients : clients.filter((client) => wanted.every((matches) => matches(client)))
}

function requireOneOf(name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value)) throw invalidParameter(name, `${name} must be one of ${choices.join(', ')}.`)
}
