import type { ParameterDescription } from '../../contract/description.ts'
import { vendors } from '../vendors/index.ts'

/** How the clients and grants of a server are managed, where, and with which key. */
export const vendorParameters: ParameterDescription[] = [
  {
    name: 'vendor',
    title: 'Management',
    type: 'choice',
    hint: 'How clients and grants of this server are managed: by the standards, or over the API of a vendor.',
    section: 'RFC 7592',
    default: vendors[0]!.description.id,
    choices: vendors.map(({ description: { id, title, summary } }) => ({ value: id, title, hint: summary })),
    inProfile: true,
  },
  {
    name: 'api_base',
    title: 'Management API',
    type: 'url',
    hint: 'Address that all requests of the management API share; left empty, what the vendor has at the issuer.',
    inProfile: true,
    advanced: true,
  },
  {
    name: 'api_key',
    title: 'API key',
    type: 'secret',
    hint: 'What the management API knows you by; sent to its address and to no other.',
    section: 'RFC 6750 §2.1',
    inProfile: true,
  },
]

/** The same for an operation that is about something else. */
export const advancedVendorParameters: ParameterDescription[] = vendorParameters.map((parameter) => ({
  ...parameter,
  advanced: true,
}))

/** The same for an operation that needs them, and the key, only in special cases. */
export function vendorParametersWhen(
  neededWhen: NonNullable<ParameterDescription['neededWhen']>,
): ParameterDescription[] {
  return advancedVendorParameters.map((parameter) => ({
    ...parameter,
    ...(parameter.type === 'secret' ? { neededWhen } : {}),
  }))
}

/** How far a list is read. */
export const pagingParameters: ParameterDescription[] = [
  {
    name: 'page_size',
    title: 'Rows of a page',
    type: 'integer',
    hint: 'How many rows are asked for at a time.',
    default: 100,
    minimum: 1,
    maximum: 100,
    advanced: true,
  },
  {
    name: 'from_page',
    title: 'From page',
    type: 'integer',
    hint: 'The page to begin with, to go on where a list broke off.',
    default: 1,
    minimum: 1,
    maximum: 1_000_000,
    advanced: true,
  },
  {
    name: 'max_pages',
    title: 'At most',
    type: 'integer',
    hint: 'How many pages are read before the list is cut off; the run says where.',
    default: 1000,
    minimum: 1,
    maximum: 1000,
    advanced: true,
  },
]
