import type { ParameterValues } from '../../contract/description.ts'
import { problem } from '../problems/problem-error.ts'

/**
 * Whether a client is public or confidential, by its type or by how it authenticates; confidential when nothing says it, as
 * a registration without a method is.
 * @throws ProblemError parameter-invalid when the two contradict each other
 * @see RFC 6749 §2.1, RFC 7591 §2
 */
export function clientTypeOf({ client_type: type, token_endpoint_auth_method: method }: ParameterValues) {
  const byMethod = method === undefined ? undefined : method === 'none' ? 'public' : 'confidential'
  if (type !== undefined && byMethod !== undefined && type !== byMethod) {
    throw problem('parameter-invalid', `A client with the authentication ${String(method)} is not ${String(type)}.`, {
      specification: 'RFC 6749 §2.1',
      fields: [{ name: 'client_type', detail: `With token_endpoint_auth_method ${String(method)} it is ${byMethod}.` }],
      whatToDo: ['Give one of the two (client_type, token_endpoint_auth_method): the other follows.'],
    })
  }
  return type === 'public' || type === 'confidential' ? type : (byMethod ?? 'confidential')
}
