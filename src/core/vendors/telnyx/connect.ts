import { problem } from '../../problems/problem-error.ts'
import type { RunContext } from '../../runs/run-context.ts'
import { createManagementApi, type ManagementApi } from '../management/management-api.ts'
import type { VendorCall } from '../vendor.ts'
import { parameterOf } from './client-body.ts'

/** One for each run, whoever calls: what the API asked to wait counts for all of it. */
const apis = new WeakMap<RunContext, ManagementApi>()

/**
 * The API of a call.
 * @throws ProblemError parameter-missing without a key, parameter-invalid for an address that no path can follow
 */
export function connect(call: VendorCall): ManagementApi {
  const known = apis.get(call.context)
  if (known) return known
  const api = createManagementApi(call.context, { base: baseOf(call), key: keyOf(call), parameterOf })
  apis.set(call.context, api)
  return api
}

/** The API's address: as given, else below the issuer. Telnyx has its metadata at the host and its API below /v2. */
function baseOf({ parameters: { api_base, issuer } }: VendorCall): string {
  const given = api_base === undefined ? null : URL.parse(String(api_base))
  if (given && (given.search !== '' || given.hash !== '')) {
    throw problem('parameter-invalid', 'The address of the management API (api_base) has a query or a fragment.', {
      whatToDo: ['Give the part of the address that all of its requests share, such as https://api.example.test/v2.'],
    })
  }
  const base = given?.href ?? `${withoutSlash(new URL(String(issuer)).href)}/v2`
  return withoutSlash(base)
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '')
}

function keyOf({ parameters: { api_key } }: VendorCall): string {
  if (typeof api_key === 'string') return api_key
  throw problem('parameter-missing', 'Telnyx answers only who has an API key (api_key).', {
    whatToDo: ['Make a key in the portal of Telnyx, save it (grantlab secret set NAME) and name it in the profile.'],
  })
}
