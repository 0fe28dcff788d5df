import { isJsonObject } from '../../../contract/json.ts'
import { problem } from '../../problems/problem-error.ts'
import type { Json } from '../../../contract/json.ts'
import type { ManagementAnswer } from '../management/management-api.ts'

/**
 * The record that an answer wraps in `data`.
 * @throws ProblemError response-unexpected when it is not there
 */
export function recordIn<T>({ json, exchange, status }: ManagementAnswer, read: (value: Json) => T | undefined): T {
  const record = isJsonObject(json) && json.data !== undefined ? read(json.data) : undefined
  if (record !== undefined) return record
  throw problem('response-unexpected', `The answer (${status}) has no record with an id in it (data).`, {
    exchange,
    whatToDo: ['Look at the answer, and check the address of the management API (api_base).'],
  })
}
