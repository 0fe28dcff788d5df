import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { problem } from '../../../problems/problem-error.ts'
import { audiencesOf, keepTokens, toldOf } from '../../../protocol/keep-tokens.ts'
import { preflight } from '../../../protocol/preflight.ts'
import { readMetadata } from '../../../protocol/read-metadata.ts'
import { requestRefresh } from '../../../protocol/refresh-request.ts'
import { renewalWayOf, renewTokens, type RenewalWay } from '../../../protocol/renew-tokens.ts'
import { tryEarlierToken } from '../../../protocol/try-earlier-token.ts'
import { endpointOf } from '../../../protocol/token-request.ts'
import { isOfWorkspace } from '../../../vault/token-key.ts'
import { isGoodFor, lifeOf } from '../../../vault/token-life.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import type { TokenFamily } from '../../../vault/token-family.ts'

/** New tokens for a refresh token: the one given, else the one kept for this profile and user. @see RFC 6749 §6 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const server = await context.step('discover', () => readMetadata(context, parameters))
  await preflight(context, parameters)
  return context.step('token-request', async () => {
    endpointOf(server, 'token_endpoint')
    if (parameters.generation !== undefined) return tryEarlier(context, server, parameters)
    if (typeof parameters.refresh_token !== 'string') return refreshKept(context, server, parameters)
    const user = String(parameters.user ?? '')
    const answer = await requestRefresh(context, { server, parameters, refreshToken: parameters.refresh_token })
    // An answer without a refresh token leaves the old one in use.
    return keepTokens(context, {
      server,
      parameters,
      answer: { refresh_token: parameters.refresh_token, ...answer },
      user,
    })
  })
}

/** Sends a replaced refresh token of a kept family on purpose. @see RFC 9700 §4.14.2 */
async function tryEarlier(
  context: RunContext,
  server: AuthorizationServer,
  parameters: ParameterValues,
): Promise<Json> {
  if (parameters.refresh_token !== undefined) {
    throw problem('parameter-invalid', 'A refresh token given by hand is of no earlier answer (generation).', {
      whatToDo: ['Leave one of the two out (refresh_token, generation).'],
    })
  }
  if (parameters.family === undefined) {
    throw problem('parameter-missing', 'An earlier answer (generation) is one of a kept grant (family).', {
      whatToDo: ['Name the grant (family); grantlab tokens list shows what is kept.'],
    })
  }
  const { family } = await namedFamily(context, server, parameters)
  const scope = textOf(parameters.scope)
  return tryEarlierToken(context, { server, parameters, family, generation: Number(parameters.generation), scope })
}

/** Refreshes a kept family, one caller at a time, so that a rotating token is never sent twice. */
async function refreshKept(
  context: RunContext,
  server: AuthorizationServer,
  parameters: ParameterValues,
): Promise<Json> {
  const { family, way } = await chooseKept(context, server, parameters)
  const whose = family.key.user === '' ? 'the one kept' : `the one kept for ${family.key.user}`
  context.decide({
    subject: way,
    choice: whose,
    reason: `Got for scope ${family.key.scope || '(none)'}; answer ${family.generation} of its family.`,
    specification: way === 'refresh token' ? 'RFC 6749 §6' : 'RFC 6749 §4.4.3',
  })
  if (isGoodEnough(context, family, parameters)) return toldOf(family.tokens)
  const next = await renewTokens(context, { server, parameters, family, way, scope: textOf(parameters.scope) })
  return toldOf(next.tokens)
}

/** Whether somebody got new tokens since this run was asked for; the run says so. */
function isGoodEnough(context: RunContext, family: TokenFamily, { minimum_seconds }: ParameterValues): boolean {
  if (minimum_seconds === undefined) return false
  const now = context.clock.now()
  if (!isGoodFor(family, 'access_token', { now, seconds: Number(minimum_seconds) })) return false
  context.decide({ subject: 'refresh', choice: 'nothing is sent', reason: lifeOf(family, 'access_token', now) })
  return true
}

async function chooseKept(
  context: RunContext,
  server: AuthorizationServer,
  parameters: ParameterValues,
): Promise<{ family: TokenFamily; way: RenewalWay }> {
  if (parameters.family !== undefined) return namedFamily(context, server, parameters)
  const family = await context.tokens.findRefresh({
    workspace: context.workspace,
    profile: context.profile,
    issuer: server.issuer,
    client_id: String(parameters.client_id),
    keyBinding: '',
    scope: textOf(parameters.scope),
    user: textOf(parameters.user),
    resource: audiencesOf(parameters),
  })
  return { family, way: 'refresh token' }
}

/** SECURITY: a family is renewed only where it came from: its refresh token goes to no other issuer, client, profile or workspace. */
async function namedFamily(context: RunContext, server: AuthorizationServer, parameters: ParameterValues) {
  const family = await context.tokens.get(String(parameters.family))
  const { profile, issuer, client_id } = family?.key ?? {}
  const isOurs = profile === context.profile && issuer === server.issuer && client_id === parameters.client_id
  if (!family || !isOurs || !isOfWorkspace(family.key, context.workspace)) {
    throw problem('token-missing', 'The kept tokens named here are gone, or were got with another profile or client.', {
      whatToDo: ['grantlab tokens list shows what is kept.', 'Sign in again (authorization-code).'],
    })
  }
  // A person who asks may send a refresh token again that was refused before.
  const way = renewalWayOf({ ...family, dead: false })
  if (way) return { family, way }
  throw problem('token-missing', 'These kept tokens have no refresh token.', {
    whatToDo: ['Sign in again (authorization-code); most servers send one only for the scope offline_access.'],
    specification: 'RFC 6749 §6',
  })
}

const textOf = (value: ParameterValues[string]) => (value === undefined ? undefined : String(value))
