import { deleteBy } from '../management/delete-by.ts'
import { pathIdOf } from '../management/path-id.ts'
import { readPages } from '../management/read-pages.ts'
import type { VendorAdapter } from '../vendor.ts'
import { connect } from './connect.ts'
import { grantRecordOf } from './records.ts'
import { recordIn } from './unwrap.ts'

const collection = '/oauth_grants'
const placeOf = (grantId: string) => `${collection}/${pathIdOf(grantId, 'grant_id')}`

type GrantMethods = Pick<VendorAdapter, 'listGrants' | 'getGrant' | 'revokeGrant'>

/** Grants at Telnyx. */
export const grantMethods: GrantMethods = {
  listGrants: (call) =>
    readPages(call.context, connect(call), {
      parameters: call.parameters,
      order: {
        purpose: 'grants-list',
        path: collection,
        filters: [],
        readRow: grantRecordOf,
        idOf: ({ id }) => id,
      },
    }),
  async getGrant(call, grantId) {
    const answer = await connect(call).send({ purpose: 'grant-read', method: 'GET', path: placeOf(grantId) })
    return recordIn(answer, grantRecordOf)
  },
  revokeGrant: (call, grantId) =>
    deleteBy(connect(call), { purpose: 'grant-revoke', path: placeOf(grantId), effect: 'the grant was revoked' }),
}
