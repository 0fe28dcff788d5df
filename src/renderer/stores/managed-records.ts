import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ClientRecord } from '../../contract/client-record.ts'
import type { JsonObject } from '../../contract/json.ts'
import type { ParameterValues } from '../../contract/description.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Run } from '../../contract/run.ts'
import { targetParameter, useManagement, type ManagementOrder } from './management.ts'
import { toProblem } from './problem-of.ts'
import type { RunAnswers } from './run-answers.ts'

/** A client as a single run told it. */
export interface ToldClient {
  client: ClientRecord
  runId: string
  /** ISO time */
  at: string
}

/** Clients that were read or changed one by one; they count before what a list said earlier. */
export const useManagedRecords = defineStore('managed-records', () => {
  const management = useManagement()
  const told = shallowRef<ReadonlyMap<string, ToldClient>>(new Map())

  const keyOf = (clientId: string) => `${clientId} ${management.key}`

  /** What a single run told last of a client. */
  const toldOf = (clientId: string): ToldClient | undefined => told.value.get(keyOf(clientId))

  /** Reads a client. The problem, when it could not be read. */
  const read = (clientId: string, answers: RunAnswers = {}) =>
    tell(clientId, { operation: 'clients get', parameters: {}, ...answers })

  /** Changes a client; only what is given is sent. The problem, when it was refused. */
  const update = (clientId: string, changed: ParameterValues, answers: RunAnswers = {}) =>
    tell(clientId, { operation: 'clients update', parameters: changed, ...answers })

  async function tell(clientId: string, order: ManagementOrder): Promise<Problem | undefined> {
    const key = keyOf(clientId)
    const name = targetParameter(management.offered(order.operation))?.name ?? 'client_id'
    try {
      const run = await management.run({ ...order, parameters: { ...order.parameters, [name]: clientId } })
      const client = clientIn(run)
      if (client) told.value = new Map(told.value).set(key, { client, runId: run.id, at: run.startedAt })
      return run.problem
    } catch (error) {
      return toProblem(error)
    }
  }

  return { toldOf, read, update }
})

/** The client that a run tells of. */
export function clientIn({ registered, result, outcome }: Run): ClientRecord | undefined {
  if (outcome !== 'succeeded') return undefined
  const told = registered.at(-1)?.client
  if (told) return told
  const record = result as JsonObject | null | undefined
  return typeof record?.client_id === 'string' ? (record as unknown as ClientRecord) : undefined
}
