import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import type { JsonObject } from '../../contract/json.ts'
import { isEndpointName } from '../../contract/metadata/address.ts'
import type { ProblemCode } from '../../contract/problem.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'
import { discoverMetadata } from './discover-metadata.ts'

/** Without metadata nothing says how ID tokens are signed: every algorithm with a public key is taken. @see RFC 7518 §3.1 */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

/**
 * What is known of the authorization server: its metadata with the endpoints given by hand over it, or these alone when
 * the metadata is given by hand, or when there is none and some are given.
 * @throws ProblemError as discoverMetadata
 */
export async function readMetadata(context: RunContext, parameters: ParameterValues): Promise<AuthorizationServer> {
  return withEndpointsByHand(context, await discovered(context, parameters), parameters)
}

/** The endpoints given by hand over what the server says; undefined: it says nothing. The run says which were put in. */
export function withEndpointsByHand(
  context: RunContext,
  said: AuthorizationServer | undefined,
  parameters: ParameterValues,
): AuthorizationServer {
  const issuer = String(parameters.issuer)
  const byHand = endpointsByHand(parameters)
  const server: AuthorizationServer = said ?? { issuer, id_token_signing_alg_values_supported: algorithms }
  const names = Object.keys(byHand)
  if (names.length > 0) {
    context.meet(byHand, issuer)
    const reason = said ? 'They go before what the server says.' : 'What the server says is not used.'
    context.decide({ subject: 'endpoints by hand', choice: names.join(', '), reason })
  }
  return { ...server, ...byHand }
}

/** Whether nothing is to be asked. */
export function isByHand({ metadata }: ParameterValues): boolean {
  return metadata === 'by-hand'
}

const missing: readonly ProblemCode[] = ['metadata-not-found', 'metadata-invalid']

async function discovered(context: RunContext, parameters: ParameterValues): Promise<AuthorizationServer | undefined> {
  if (isByHand(parameters)) return undefined
  try {
    return await discoverMetadata(context, String(parameters.issuer))
  } catch (error) {
    const isMissing = error instanceof ProblemError && missing.includes(error.problem.code)
    if (!isMissing || Object.keys(endpointsByHand(parameters)).length === 0) throw error
    context.decide({
      subject: 'metadata',
      choice: 'by-hand',
      reason: `${error.problem.title}. With metadata by-hand nothing is asked.`,
    })
    return undefined
  }
}

function endpointsByHand(parameters: ParameterValues): JsonObject {
  const given = Object.entries(parameters).filter(([name, address]) => isEndpointName(name) && address !== undefined)
  return Object.fromEntries(given) as JsonObject
}
