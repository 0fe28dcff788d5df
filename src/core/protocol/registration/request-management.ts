import type { JsonObject } from '../../../contract/json.ts'
import type { TracedResponse } from '../../http/exchange.ts'
import { problem, type ProblemError } from '../../problems/problem-error.ts'
import { toProblem } from '../../problems/to-problem.ts'
import type { RunContext } from '../../runs/run-context.ts'
import type { ManagedRegistration } from './managed-registration.ts'

/** A request at the place where a registration is managed. */
export interface ManagementRequest {
  method: 'GET' | 'PUT' | 'DELETE'
  purpose: 'registration-read' | 'registration-update' | 'registration-delete'
  body?: JsonObject
}

/** Sends a request with the registration access token. Redirects are answered, not followed. @see RFC 7592 §2 */
export function requestManagement(
  context: RunContext,
  { uri, token }: ManagedRegistration,
  { method, purpose, body }: ManagementRequest,
): Promise<TracedResponse> {
  context.learn(token)
  return context.fetch(uri, {
    purpose,
    method,
    // SECURITY: the token goes to this address alone, whatever the answer says.
    redirect: 'manual',
    headers: [
      ['Accept', 'application/json'],
      ...(body ? [['Content-Type', 'application/json'] as [string, string]] : []),
      ['Authorization', `Bearer ${token}`],
    ],
    body: body ? JSON.stringify(body) : null,
  })
}

/** What of an update or a deletion may have reached the server: nobody knows whether it was done. */
const afterSending = ['connection-lost', 'timeout', 'response-not-json', 'response-unexpected', 'body-too-large']

/**
 * What to throw when a change failed: a refusal and what never left as they are, everything else says that nobody knows.
 * `what` stands after "whether".
 */
export function unlessUnknown(error: unknown, what: string): unknown {
  const found = toProblem(error)
  const isRefusal = found.status !== undefined && found.status >= 300 && found.status < 500
  const isServerFault = found.status !== undefined && found.status >= 500
  if (isRefusal || !(isServerFault || afterSending.includes(found.code))) return error
  return outcomeUnknown(what, found.detail, error)
}

function outcomeUnknown(what: string, detail: string, cause: unknown): ProblemError {
  const { status, exchange } = toProblem(cause)
  return problem('outcome-unknown', `${detail} Nobody knows whether ${what}.`, {
    ...(status === undefined ? {} : { status }),
    ...(exchange === undefined ? {} : { exchange }),
    cause,
    whatToDo: ['Read the registration to see: registration read'],
  })
}
