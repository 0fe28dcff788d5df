import type { ClientRecord, ConsentRecord, GrantRecord } from '../../contract/client-record.ts'
import type { ParameterValues } from '../../contract/description.ts'
import type { Problem } from '../../contract/problem.ts'
import type { VendorDescription } from '../../contract/vendor.ts'
import type { RunContext } from '../runs/run-context.ts'

/** A page of a list. */
export interface Page<Row> {
  exchange: string
  rows: Row[]
  /** counts from 1 */
  page: number
  pages?: number
  total?: number
}

/** What happened to something that was to be deleted. */
export type Deletion = 'done' | 'absent'

/** A call of a vendor's method: the run it belongs to and all of its parameters. */
export interface VendorCall {
  context: RunContext
  parameters: ParameterValues
}

/**
 * The management interface of one kind of server. A method that is absent is something it cannot do. Every method
 * @throws ProblemError management-refused (with `fields` named as parameters), response-unexpected, environment ones
 */
export interface VendorAdapter {
  /** Pages to the end or the bound; a throw keeps what came. */
  listClients?(call: VendorCall): AsyncIterable<Page<ClientRecord>>
  /** Registers, keeps the secret in the vault, writes the inventory and records `client.registered`. */
  createClient?(call: VendorCall): Promise<ClientRecord>
  getClient?(call: VendorCall, clientId: string): Promise<ClientRecord>
  /** Changes what is given and leaves the rest. */
  updateClient?(call: VendorCall, clientId: string): Promise<ClientRecord>
  deleteClient?(call: VendorCall, clientId: string): Promise<Deletion>
  listGrants?(call: VendorCall): AsyncIterable<Page<GrantRecord>>
  getGrant?(call: VendorCall, grantId: string): Promise<GrantRecord>
  revokeGrant?(call: VendorCall, grantId: string): Promise<Deletion>
  getConsent?(call: VendorCall, consentToken: string): Promise<ConsentRecord>
  /** Answers the address that the browser is sent to. */
  decideConsent?(call: VendorCall, decision: { consentToken: string; isAllowed: boolean }): Promise<string>
}

/** A vendor: what it is, as data, and its adapter, loaded when first used. */
export interface Vendor {
  description: VendorDescription
  /** Whether a problem of one thing says that every other one fails as well, as one of the key does. Absent: never. */
  isFinal?(found: Problem): boolean
  load(): Promise<VendorAdapter>
}
