import type { ConsentRecord } from '../../../contract/client-record.ts'
import type { JsonObject } from '../../../contract/json.ts'
import type { Run } from '../../../contract/run.ts'

/** Who asks for what, as a run brought it. */
export function consentIn({ result, outcome }: Pick<Run, 'result' | 'outcome'>): ConsentRecord | undefined {
  const record = result as JsonObject | null | undefined
  if (outcome !== 'succeeded' || !Array.isArray(record?.scopes)) return undefined
  return record as unknown as ConsentRecord
}

/** Where the browser is sent after a decision, masked as recorded. */
export function addressIn({ result }: Pick<Run, 'result'>): string | undefined {
  const record = result as JsonObject | null | undefined
  return typeof record?.redirect_uri === 'string' ? record.redirect_uri : undefined
}

/** Whether the answer reached a client on this machine. */
export function wasFollowed({ result }: Pick<Run, 'result'>): boolean {
  return (result as JsonObject | null | undefined)?.followed === true
}
