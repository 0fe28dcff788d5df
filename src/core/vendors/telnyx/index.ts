import type { Vendor } from '../vendor.ts'

/** Parameters of a client that Telnyx knows by some name of its own. */
const changeable = [
  'client_name',
  'scope',
  'grant_types',
  'redirect_uris',
  'require_pkce',
  'logo_uri',
  'tos_uri',
  'policy_uri',
]

/** Telnyx: clients, grants and consent over its API, with an API key. */
export const telnyx: Vendor = {
  description: {
    id: 'telnyx',
    title: 'Telnyx',
    summary: 'The API of Telnyx, with an API key: clients, grants and consent.',
    section: 'Telnyx API v2: oauth_clients, oauth_grants',
    methods: [
      'listClients',
      'createClient',
      'getClient',
      'updateClient',
      'deleteClient',
      'listGrants',
      'getGrant',
      'revokeGrant',
      'getConsent',
      'decideConsent',
    ],
    filters: ['client_id', 'client_type', 'client_name', 'client_name_contains', 'grant_type', 'verified'],
    key: 'api_key',
    changeable,
    known: [...changeable, 'client_type', 'token_endpoint_auth_method'],
  },
  isFinal: ({ code, status }) => code === 'management-refused' && (status === 401 || status === 403),
  load: async () => (await import('./adapter.ts')).telnyxAdapter,
}
