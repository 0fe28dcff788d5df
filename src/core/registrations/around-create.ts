import type { ClientRecord, RegisteredClient } from '../../contract/client-record.ts'
import type { ProblemCode } from '../../contract/problem.ts'
import type { Registration } from '../../contract/registration.ts'
import { problem, ProblemError } from '../problems/problem-error.ts'
import { toProblem } from '../problems/to-problem.ts'
import type { RunContext } from '../runs/run-context.ts'
import { clientSecretNameOf, managementNameOf } from './registration-secrets.ts'

/** A client that is about to be made at a server. */
export interface CreateOrder {
  vendor: string
  issuer: string
  /** of the request that makes it */
  purpose: string
  /** its name as asked for */
  title: string
  /** how a person finds out whether it was made, when the answer never comes */
  whereToLook: string
}

/** What a server answered to the request that made a client, in clear. */
export interface CreateAnswer extends Pick<RegisteredClient, 'exchange' | 'asked' | 'registered' | 'client'> {
  /** see `GivenSecret` */
  clientSecret?: { value: string; origins: string[]; isSettled?: boolean }
  /** RFC 7592 §3 */
  management?: { registration_client_uri: string; token: string; origins: string[] }
  /** left out: what the server gave for it decides */
  isManageable?: boolean
}

/** Something left, and nothing reached the server: as sure as anything can be, no client was made. */
const neverArrived: readonly ProblemCode[] = ['tls-failed', 'proxy-authentication-required', 'proxy-failed']

/**
 * Makes a client so that nothing of it gets lost: what a server tells once only can be kept before it is asked for, the
 * inventory knows of the attempt before it is sent, and an answer that never came stays there as unknown. Records
 * `client.registered`.
 * @throws ProblemError vault-locked before anything is sent; outcome-unknown; what `send` throws for a refusal
 */
export async function aroundCreate(
  context: RunContext,
  order: CreateOrder,
  send: () => Promise<CreateAnswer>,
): Promise<ClientRecord> {
  await context.secrets.requireVault()
  const entry = entryOf(context, order)
  await context.registrations.save(entry)
  let answer: CreateAnswer
  try {
    answer = await send()
  } catch (error) {
    throw await settleFailure(context, { entry, order, error })
  }
  await keepAnswer(context, entry, answer)
  return answer.client
}

function entryOf(context: RunContext, { vendor, issuer, title }: CreateOrder): Registration {
  return {
    id: Buffer.from(context.random.bytes(4)).toString('hex'),
    isOwn: true,
    vendor,
    issuer,
    profile: context.profile,
    client_id: '',
    title,
    registeredAt: new Date(context.clock.now()).toISOString(),
    state: 'unknown',
    profiles: [],
  }
}

interface Failure {
  entry: Registration
  order: CreateOrder
  error: unknown
}

/** What to throw; a clear refusal leaves no trace in the inventory. */
async function settleFailure(context: RunContext, { entry, order, error }: Failure): Promise<unknown> {
  const found = toProblem(error)
  const isRefusal = found.status !== undefined && found.status >= 300 && found.status < 500
  if (isRefusal || neverArrived.includes(found.code) || !context.mayHaveLeft(order.purpose)) {
    await context.registrations.remove(entry.id)
    return error
  }
  // Cancelled by a person, who may not know that it was on its way.
  if (found.code === 'cancelled' || found.code === 'internal') {
    const reason = `It was sent, and nobody knows whether the client was made. ${order.whereToLook}`
    context.decide({ subject: 'inventory', choice: `kept as unknown (${entry.id})`, reason })
    return error
  }
  const { title, detail } = found.code === 'outcome-unknown' ? toProblem((error as Error).cause) : found
  return problem(
    'outcome-unknown',
    `${title}: ${detail} Nobody knows whether the client ${JSON.stringify(order.title)} was made.`,
    {
      ...(found.status === undefined ? {} : { status: found.status }),
      cause: error,
      whatToDo: [
        order.whereToLook,
        'If it is there, delete it and register again: its secret was lost with the answer.',
        `The inventory keeps it as unknown (${entry.id}); grantlab registrations forget ${entry.id} removes it there.`,
      ],
    },
  )
}

async function keepAnswer(context: RunContext, entry: Registration, answer: CreateAnswer): Promise<void> {
  const { clientSecret, management, client } = answer
  const kept: Partial<Registration> = {}
  let unkept: unknown
  try {
    // The vault before everything else: what comes now is told once only.
    if (clientSecret) {
      await context.secrets.keepSecret({ name: clientSecretNameOf(entry.id), ...clientSecret })
      kept.clientSecret = clientSecretNameOf(entry.id)
    }
    if (management) {
      const { token: value, origins, registration_client_uri } = management
      await context.secrets.keepSecret({ name: managementNameOf(entry.id), value, origins })
      kept.management = { registration_client_uri, token: managementNameOf(entry.id) }
    }
  } catch (error) {
    unkept = error
  }
  try {
    await context.registrations.save(registered(context, { ...entry, ...kept }, client))
  } catch (error) {
    unkept ??= error
  }
  context.registered({
    how: 'sent',
    exchange: answer.exchange,
    vendor: entry.vendor,
    registration: entry.id,
    asked: answer.asked,
    registered: answer.registered,
    client,
    ...(kept.clientSecret === undefined ? {} : { keptSecret: kept.clientSecret }),
    isManageable: answer.isManageable ?? management !== undefined,
  })
  if (unkept !== undefined) throw notKept(unkept, client.client_id)
}

function registered(context: RunContext, entry: Registration, client: ClientRecord): Registration {
  // SECURITY: what a server says may repeat a secret; the inventory is a file.
  const masked = context.masked(client)
  const expiry = client.client_secret_expires_at
  return {
    ...entry,
    client_id: client.client_id,
    title: masked.client_name ?? entry.title,
    state: 'registered',
    client: masked,
    readAt: new Date(context.clock.now()).toISOString(),
    ...(expiry === undefined ? {} : { clientSecretExpiresAt: expiry }),
  }
}

/** The client is there; what could not be written of it is in this session's memory only. */
function notKept(error: unknown, clientId: string): ProblemError {
  const found = toProblem(error)
  return new ProblemError(
    {
      ...found,
      detail: `${found.detail} The client ${clientId} was made, but what came with it could not be kept.`,
      whatToDo: [
        'Note its id, and reveal its secret in this run now: it is in memory until Grantlab ends.',
        ...(found.whatToDo ?? []),
      ],
    },
    error,
  )
}
