import type { ParameterValues } from '../../contract/description.ts'
import type { VendorMethod } from '../../contract/vendor.ts'
import { problem } from '../problems/problem-error.ts'
import { vendors } from './index.ts'
import type { Vendor, VendorAdapter } from './vendor.ts'

/** A vendor with the one method that is asked for. */
export interface UsedVendor<M extends VendorMethod> {
  vendor: Vendor
  call: NonNullable<VendorAdapter[M]>
}

/** The vendor that the parameters name; the first where they name none. */
export function vendorOf({ vendor: id }: ParameterValues): Vendor {
  return vendors.find(({ description }) => description.id === id) ?? vendors[0]!
}

/**
 * The method of the vendor that the parameters name, loaded. Nothing is sent.
 * @throws ProblemError not-offered naming the vendors that have it
 */
export async function useVendor<M extends VendorMethod>(
  parameters: ParameterValues,
  method: M,
): Promise<UsedVendor<M>> {
  const vendor = requireMethod(parameters, method)
  const adapter = await vendor.load()
  const call = adapter[method]
  if (!call) throw new Error(`The vendor ${vendor.description.id} says that it has ${method}.`)
  return { vendor, call }
}

/** The vendor, if it has the method. @throws ProblemError not-offered */
export function requireMethod(parameters: ParameterValues, method: VendorMethod): Vendor {
  const vendor = vendorOf(parameters)
  const { title, methods } = vendor.description
  if (methods.includes(method)) return vendor
  const able = vendors.filter(({ description }) => description.methods.includes(method))
  const names = able.map(({ description }) => `${description.title} (vendor ${description.id})`)
  throw problem('not-offered', `${title} has no way to ${wordsOf[method]}. Nothing was sent.`, {
    whatToDo: [
      names.length > 0
        ? `If the server is one of these, say so: ${names.join(', ')}.`
        : 'No server that Grantlab knows has it.',
      'Otherwise do it where the server itself shows its clients.',
    ],
  })
}

const wordsOf: Record<VendorMethod, string> = {
  listClients: 'list clients',
  createClient: 'make a client',
  getClient: 'read a client',
  updateClient: 'change a client',
  deleteClient: 'delete a client',
  listGrants: 'list grants',
  getGrant: 'read a grant',
  revokeGrant: 'revoke a grant',
  getConsent: 'read a consent that waits',
  decideConsent: 'decide a consent that waits',
}

/** What is asked of a vendor: parameters of a client, or filters of its list. */
export interface AskedParameters {
  vendor: Vendor
  /** the parameters that some vendor takes there */
  all: readonly string[]
  /** those that this one takes; undefined: all */
  taken: readonly string[] | undefined
  /** what they are, in the plural */
  what: string
}

/**
 * Lets only parameters through that this vendor takes: one that is left out in silence would be worse than a refusal.
 * @throws ProblemError parameter-invalid naming them
 */
export function requireTaken(parameters: ParameterValues, { vendor, all, taken, what }: AskedParameters): void {
  const refused = all.filter((name) => parameters[name] !== undefined && taken && !taken.includes(name))
  if (refused.length === 0 || !taken) return
  const { title } = vendor.description
  throw problem('parameter-invalid', `${title} does not take ${refused.join(', ')} here. Nothing was sent.`, {
    fields: refused.map((name) => ({ name, detail: `${title} does not take it.` })),
    whatToDo: [taken.length > 0 ? `Its ${what} are ${taken.join(', ')}.` : `It has no ${what}.`],
  })
}
