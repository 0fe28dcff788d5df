import type { Commands } from '../../contract/commands.ts'
import type { StartRun } from '../../contract/engine.ts'
import type { TokenValue } from '../../contract/kept.ts'
import type { TokenKind } from '../../contract/token-kind.ts'
import { endedProblem, renewalWayOf } from '../protocol/renew-tokens.ts'
import { endTextOf, isGoodFor, lifeOf } from '../vault/token-life.ts'
import { marginSeconds, type TokenFamily } from '../vault/token-family.ts'
import type { CommandContext } from './command.ts'

/**
 * A kept token that is good for a while, renewed first where that is needed.
 * @throws ProblemError token-missing when there is none, or it can be had by a new sign-in only; what the renewal met
 */
export async function getToken(
  context: CommandContext,
  given: Commands['token get']['parameters'],
): Promise<TokenValue> {
  const { profile, user, kind = 'access_token', minimum_seconds: seconds = marginSeconds } = given
  const { values } = await context.workspace.resolveProfile(profile)
  const issuer = textOf(values.issuer)
  const family = await context.tokens.findUsable({ profile, issuer, client_id: textOf(values.client_id), user, kind })
  const wanted = { profile, kind, seconds }
  if (isGoodFor(family, kind, { now: context.ports.clock.now(), seconds })) return valueOf(family, wanted)
  return renewed(context, family, wanted)
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

interface Wanted {
  profile: string
  kind: TokenKind
  seconds: number
}

/** Renews the family in a run of its own, so that History shows what was sent. */
async function renewed(context: CommandContext, family: TokenFamily, wanted: Wanted): Promise<TokenValue> {
  const { profile, kind, seconds } = wanted
  const now = context.ports.clock.now()
  if (!renewalWayOf(family)) throw endedProblem(family, lifeOf(family, kind, now))
  const order: StartRun = {
    operation: 'refresh',
    profile,
    // Two that ask at the same time send one request; an ID token's end is not what this parameter is about.
    parameters: {
      family: family.id,
      client_id: family.key.client_id,
      ...(kind === 'access_token' ? { minimum_seconds: seconds } : {}),
    },
  }
  const { runId } = await context.runToEnd(order)
  const next = (await context.tokens.get(family.id)) ?? family
  if (!isGoodFor(next, kind, { now, seconds: 0 })) throw endedProblem(next, lifeOf(next, kind, now))
  return { ...valueOf(next, wanted), runId }
}

function valueOf(family: TokenFamily, { profile, kind }: Wanted): TokenValue {
  const { key, tokens, scope } = family
  const expiresAt = endTextOf(family, kind)
  return {
    kind,
    value: String(tokens[kind]),
    profile,
    user: key.user,
    scope: kind === 'refresh_token' ? key.scope : (tokens.scope ?? scope),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}
