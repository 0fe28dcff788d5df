import type { ClientRecord } from '../../../../contract/client-record.ts'
import type { OperationDescription } from '../../../../contract/description.ts'

/** Where a registration names none. @see RFC 7591 §2 */
const byDefault = ['authorization_code']

/** The operation that gets tokens by the first of a client's grant types that the engine has; undefined when it has none. */
export function operationForGrants(
  { grant_types: grants = byDefault }: Pick<ClientRecord, 'grant_types'>,
  operations: readonly OperationDescription[],
): OperationDescription | undefined {
  const ids = grants.filter((grant) => grant !== 'refresh_token').map((grant) => grant.replaceAll('_', '-'))
  return ids.map((id) => operations.find((operation) => operation.id === id)).find((one) => one !== undefined)
}
