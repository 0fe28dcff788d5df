import type { AuthorizationServer, Client } from 'oauth4webapi'
import { problem } from '../problems/problem-error.ts'
import { toProblem } from '../problems/to-problem.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'
import type { ReceivedRedirect } from '../user-agents/user-agent.ts'

/** What the response is checked against. */
export interface ExpectedResponse {
  server: AuthorizationServer
  client: Client
  state: string | null
}

/**
 * Checks an authorization response: state, issuer, error; records what holds. Answers the library's checked parameters.
 * @throws ProblemError state-mismatch, iss-mismatch, authorization-refused, authorization-response-invalid
 * @see RFC 6749 §4.1.2, RFC 9207 §2.4
 */
export async function checkAuthorizationResponse(
  context: RunContext,
  received: ReceivedRedirect,
  { server, client, state }: ExpectedResponse,
): Promise<URLSearchParams> {
  const parameters = new URLSearchParams(received.parameters)
  proveBindings(context, parameters, { server, state })
  refuseForeignState(parameters, state)
  refuseForeignIssuer(parameters, server)
  const library = await import('oauth4webapi')
  try {
    return library.validateAuthResponse(server, client, parameters, state ?? library.expectNoState)
  } catch (error) {
    if (parameters.has('error')) throw refusalOf(parameters)
    const found = toProblem(error)
    throw new ProblemError(
      { ...found, code: 'authorization-response-invalid', specification: 'RFC 6749 §4.1.2' },
      error,
    )
  }
}

function proveBindings(
  context: RunContext,
  parameters: URLSearchParams,
  { server, state }: { server: AuthorizationServer; state: string | null },
): void {
  context.prove({
    name: 'state.matches',
    holds: state === null ? null : parameters.get('state') === state,
    facts: { sent: state !== null, received: parameters.has('state') },
  })
  const iss = parameters.get('iss')
  context.prove({
    name: 'iss.matches',
    holds: iss === null ? null : iss === server.issuer,
    facts: {
      promised: server.authorization_response_iss_parameter_supported === true,
      expected: server.issuer,
      received: iss,
    },
  })
}

function refuseForeignState(parameters: URLSearchParams, state: string | null): void {
  const received = parameters.get('state')
  if (state === null || received === state) return
  throw problem(
    'state-mismatch',
    received === null
      ? 'The answer carries no state, though one was sent.'
      : 'The answer carries the state of another sign-in.',
    {
      specification: 'RFC 6749 §10.12',
      whatToDo: [
        'If you pasted it: paste the address from the newest sign-in.',
        'If this happens by itself, an answer was swapped or the server does not return state: do not use the code.',
      ],
    },
  )
}

function refuseForeignIssuer(parameters: URLSearchParams, server: AuthorizationServer): void {
  const iss = parameters.get('iss')
  if (iss === null || iss === server.issuer) return
  throw problem('iss-mismatch', `The answer says it comes from ${iss}, but ${server.issuer} was asked.`, {
    specification: 'RFC 9207 §2.4',
    whatToDo: ['Do not use the code: it may belong to another server.', 'Check the issuer of the profile.'],
  })
}

function refusalOf(parameters: URLSearchParams): ProblemError {
  const error = (parameters.get('error') ?? '').slice(0, 200)
  const error_description = parameters.get('error_description') ?? undefined
  const error_uri = parameters.get('error_uri') ?? undefined
  return problem(
    'authorization-refused',
    `The server answered ${error}${error_description ? `: ${error_description}` : '.'}`,
    {
      oauth: { error, ...(error_description ? { error_description } : {}), ...(error_uri ? { error_uri } : {}) },
      specification: 'RFC 6749 §4.1.2.1',
      whatToDo:
        error === 'access_denied'
          ? [
              'Somebody refused consent or cancelled the sign-in, or a policy does not allow it. Run again and allow it.',
            ]
          : ['Look at the parameters of the authorization request.'],
    },
  )
}
