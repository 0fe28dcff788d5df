/** What the management interface of a server may be able to do; every one is optional. */
export type VendorMethod =
  | 'listClients'
  | 'createClient'
  | 'getClient'
  | 'updateClient'
  | 'deleteClient'
  | 'listGrants'
  | 'getGrant'
  | 'revokeGrant'
  | 'getConsent'
  | 'decideConsent'

/** A kind of server by the way its clients and grants are managed. What it cannot do is not offered. */
export interface VendorDescription {
  id: string
  title: string
  summary: string
  section?: string
  methods: VendorMethod[]
  /** filters that its list of clients takes, by parameter name */
  filters: string[]
  /** parameter of the key that it does nothing without; absent: it has none */
  key?: string
  /** parameters of a client that can be changed later; absent: all that can be given when it is made */
  changeable?: string[]
  /** parameters of a client that it knows; absent: all */
  known?: string[]
}
