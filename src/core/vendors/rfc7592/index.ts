import type { Vendor } from '../vendor.ts'

/** Any server that lets clients be registered and each registration be managed with its own token. */
export const rfc7592: Vendor = {
  description: {
    id: 'rfc7592',
    title: 'By the standards',
    summary: 'Dynamic registration: what was registered from here is managed with the token it came with.',
    section: 'RFC 7591, RFC 7592',
    methods: ['createClient', 'getClient', 'updateClient', 'deleteClient'],
    filters: [],
    known: [
      'client_name',
      'redirect_uris',
      'grant_types',
      'scope',
      'token_endpoint_auth_method',
      'client_type',
      'logo_uri',
      'tos_uri',
      'policy_uri',
    ],
  },
  load: async () => (await import('./adapter.ts')).rfc7592Adapter,
}
