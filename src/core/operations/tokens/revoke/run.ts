import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { ProblemError } from '../../../problems/problem-error.ts'
import { introspect } from '../../../protocol/introspection.ts'
import { readMetadata } from '../../../protocol/read-metadata.ts'
import { revoke } from '../../../protocol/revocation.ts'
import { takeTokenAskedAbout, type TokenAskedAbout } from '../../../protocol/token-asked-about.ts'
import { endpointOf } from '../../../protocol/token-request.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** Has a token revoked, and asks afterwards whether it is when that is wanted. @see RFC 7009 §2 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const server = await context.step('discover', () => readMetadata(context, parameters))
  const { token, status } = await context.step('revoke', async () => {
    endpointOf(server, 'revocation_endpoint')
    const taken = await takeTokenAskedAbout(context, { parameters, ofClient: true })
    return { token: taken, status: await revoke(context, { server, parameters, token: taken }) }
  })
  const told = { revoked: true, status, kind: token.kind ?? null }
  if (parameters.check !== true) return told
  return { ...told, active: await askAfterwards(context, { server, parameters, token }) }
}

interface Afterwards {
  server: AuthorizationServer
  parameters: ParameterValues
  token: TokenAskedAbout
}

/** Whether the token is still active; null when the server does not tell. It is revoked all the same: nothing fails here. */
async function askAfterwards(context: RunContext, afterwards: Afterwards): Promise<boolean | null> {
  try {
    endpointOf(afterwards.server, 'introspection_endpoint')
    const { active } = await context.step('introspect', () => introspect(context, afterwards))
    const holds = active === false
    context.prove({ name: 'revocation.effective', holds }, context.lastAnswer('introspection')?.exchange)
    return !holds
  } catch (error) {
    if (context.signal.aborted || !(error instanceof ProblemError)) throw error
    const { title, detail } = error.problem
    context.decide({ subject: 'check', choice: 'not known', reason: `${title}. ${detail}` })
    return null
  }
}
