import { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import { RecordStoreFullError, type RecordStore } from './record-store.ts'

/** The records of one playground. */
export type Records = RecordStore<AdapterPayload>

/** Kept a little beyond their life, so that oidc-provider can say "expired" where it would have to say "not found". */
const graceSeconds = 60

/** How many clients can be registered at a time. */
const clientLimit = 20_000

const clientsGroup = 'clients'

/** Models that are revoked together with their grant. */
const grantModels = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken'])

/** oidc-provider's storage of one model (Session, Grant, RefreshToken…) over the shared records. */
export class RecordAdapter implements Adapter {
  readonly #model: string
  readonly #records: Records

  constructor(model: string, records: Records) {
    this.#model = model
    this.#records = records
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    putRecord(this.#records, { model: this.#model, id, payload, expiresInSeconds: expiresIn })
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#records.get(keyOf(this.#model, id))
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const [key] = this.#records.keysOf(uidGroup(this.#model, uid))
    return key === undefined ? undefined : this.#records.get(key)
  }

  /** Only the device flow asks this, and the playground has none. */
  async findByUserCode(): Promise<undefined> {
    return undefined
  }

  async consume(id: string): Promise<void> {
    const payload = this.#records.get(keyOf(this.#model, id))
    if (payload) payload.consumed = Math.floor(Date.now() / 1000)
  }

  async destroy(id: string): Promise<void> {
    this.#records.delete(keyOf(this.#model, id))
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const key of this.#records.keysOf(grantGroup(this.#model, grantId))) this.#records.delete(key)
  }
}

/** One record of a model. */
interface ModelRecord {
  model: string
  id: string
  payload: AdapterPayload
  expiresInSeconds: number | undefined
}

/**
 * Stores one record of a model.
 * @throws errors.TemporarilyUnavailable (503) when the store is full.
 */
export function putRecord(records: Records, { model, id, payload, expiresInSeconds }: ModelRecord): void {
  const groups: string[] = []
  if (payload.uid) groups.push(uidGroup(model, payload.uid))
  if (payload.grantId && grantModels.has(model)) groups.push(grantGroup(model, payload.grantId))
  if (payload.clientId) groups.push(clientGroup(payload.clientId))
  if (model === 'Client') groups.push(clientsGroup)
  const life = expiresInSeconds === undefined ? undefined : expiresInSeconds + graceSeconds
  try {
    if (model === 'Client') refuseTooMany(records, keyOf(model, id))
    records.put({ key: keyOf(model, id), payload, expiresInSeconds: life, groups })
  } catch (error) {
    if (!(error instanceof RecordStoreFullError)) throw error
    const unavailable = new errors.TemporarilyUnavailable(error.message)
    throw Object.assign(unavailable, { status: 503, statusCode: 503 })
  }
}

/** A registered client is up to 56 KB and never expires, so of these there are fewer than of other records. */
function refuseTooMany(records: Records, key: string): void {
  if (records.countOf(clientsGroup) >= clientLimit && !records.get(key)) throw new RecordStoreFullError(clientLimit)
}

/** Where a model's record lies in the store. */
export function keyOf(model: string, id: string): string {
  return `${model}:${id}`
}

/** The group of all that was given to a client: grants, codes, tokens, its registration access token. */
export function clientGroup(clientId: string): string {
  return `client:${clientId}`
}

function uidGroup(model: string, uid: string): string {
  return `uid:${model}:${uid}`
}

function grantGroup(model: string, grantId: string): string {
  return `grant:${model}:${grantId}`
}
