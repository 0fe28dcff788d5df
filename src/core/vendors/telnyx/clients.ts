import { isJsonObject, type JsonObject } from '../../../contract/json.ts'
import { boundedDocument } from '../../protocol/bounded.ts'
import { aroundCreate } from '../../registrations/around-create.ts'
import { rememberRead } from '../../registrations/remember-read.ts'
import { originOf } from '../../runs/secret-places.ts'
import { deleteBy } from '../management/delete-by.ts'
import type { ManagementAnswer, ManagementApi } from '../management/management-api.ts'
import { pathIdOf } from '../management/path-id.ts'
import { readPages } from '../management/read-pages.ts'
import type { VendorAdapter, VendorCall } from '../vendor.ts'
import { changeBody, creationBody, filtersOf } from './client-body.ts'
import { connect } from './connect.ts'
import { clientRecordOf } from './records.ts'
import { recordIn } from './unwrap.ts'

const collection = '/oauth_clients'
const placeOf = (clientId: string) => `${collection}/${pathIdOf(clientId, 'client_id')}`

type ClientMethods = Pick<VendorAdapter, 'listClients' | 'createClient' | 'getClient' | 'updateClient' | 'deleteClient'>

/** Clients at Telnyx. */
export const clientMethods: ClientMethods = {
  listClients: (call) =>
    readPages(call.context, connect(call), {
      parameters: call.parameters,
      order: {
        purpose: 'clients-list',
        path: collection,
        filters: filtersOf(call.parameters),
        readRow: clientRecordOf,
        idOf: ({ client_id: id }) => id,
      },
    }),
  createClient: (call) => createClient(call, connect(call)),
  async getClient(call, clientId) {
    const answer = await connect(call).send({ purpose: 'client-read', method: 'GET', path: placeOf(clientId) })
    return tellRead(call, answer, 'read')
  },
  async updateClient(call, clientId) {
    const body = changeBody(call.parameters)
    const effect = 'the client was changed'
    const path = placeOf(clientId)
    const answer = await connect(call).send({ purpose: 'client-update', method: 'PUT', path, body, effect })
    return tellRead(call, answer, 'sent', body)
  },
  deleteClient: (call, clientId) =>
    deleteBy(connect(call), { purpose: 'client-delete', path: placeOf(clientId), effect: 'the client was deleted' }),
}

/** Records what an answer says of a client, and remembers it. */
async function tellRead({ context, parameters }: VendorCall, answer: ManagementAnswer, ...[how, asked = {}]: Told) {
  const client = recordIn(answer, clientRecordOf)
  const registration = await rememberRead(context, { vendor: 'telnyx', issuer: String(parameters.issuer), client })
  context.registered({
    how,
    exchange: answer.exchange,
    vendor: 'telnyx',
    ...(registration === undefined ? {} : { registration }),
    asked,
    registered: boundedDocument(dataIn(answer)),
    client,
    isManageable: true,
  })
  return client
}

type Told = ['read'] | ['sent', JsonObject]

function dataIn({ json }: ManagementAnswer): JsonObject {
  return isJsonObject(json) && isJsonObject(json.data) ? json.data : {}
}

async function createClient({ context, parameters }: VendorCall, api: ManagementApi) {
  const body = creationBody(parameters)
  const issuer = String(parameters.issuer)
  const title = String(body.name)
  const order = {
    vendor: 'telnyx',
    issuer,
    purpose: 'client-create',
    title,
    whereToLook: `Look whether it is there: list the clients of this name (clients list, client_name ${JSON.stringify(title)}).`,
  }
  return aroundCreate(context, order, async () => {
    const answer = await api.send({ purpose: 'client-create', method: 'POST', path: collection, body })
    const client = recordIn(answer, clientRecordOf)
    const data = dataIn(answer)
    const secret = data.client_secret
    // The endpoints of the issuer join at its first use.
    const home = { origins: [originOf(issuer)].filter((one) => one !== undefined), isSettled: false }
    return {
      exchange: answer.exchange,
      asked: body,
      registered: boundedDocument(data),
      client,
      ...(typeof secret === 'string' && secret !== '' ? { clientSecret: { value: secret, ...home } } : {}),
      isManageable: true,
    }
  })
}
