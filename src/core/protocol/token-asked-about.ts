import { decodeJwt } from 'jose/jwt/decode'
import type { ParameterValues } from '../../contract/description.ts'
import type { JsonObject } from '../../contract/json.ts'
import type { TokenKind } from '../../contract/token-kind.ts'
import { problem } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'
import { originOf } from '../runs/secret-places.ts'
import type { TokenFamily } from '../vault/token-family.ts'
import { isOfWorkspace } from '../vault/token-key.ts'
import { lifeOf } from '../vault/token-life.ts'
import { signInAgain } from './renew-tokens.ts'

/** A token that a server is asked about, or told to revoke. */
export interface TokenAskedAbout {
  value: string
  /** undefined when nobody knows: given by hand and not kept here */
  kind: TokenKind | undefined
}

/** Which token is meant. */
export interface TokenWanted {
  parameters: ParameterValues
  /** only the client that a token was issued to may revoke it (RFC 7009 §2.1) */
  ofClient?: boolean
}

/**
 * The token given by hand, else a kept one of this profile and user as it is: nothing is refreshed for it, it may have
 * ended. The run says which.
 * @throws ProblemError token-missing
 */
export async function takeTokenAskedAbout(context: RunContext, wanted: TokenWanted): Promise<TokenAskedAbout> {
  const { token } = wanted.parameters
  if (typeof token !== 'string') return takeKept(context, wanted)
  context.learn(token)
  const [held] = await context.tokens.holding(token)
  const reason = held ? `It is the ${held.kind} kept ${whoseOf(held.family)}.` : 'It is none of those that are kept.'
  context.decide({ subject: 'token', choice: 'the one given by hand', reason })
  return { value: token, kind: held?.kind }
}

async function takeKept(context: RunContext, wanted: TokenWanted): Promise<TokenAskedAbout> {
  const { parameters } = wanted
  const kind = parameters.kind === 'refresh_token' ? 'refresh_token' : 'access_token'
  const family = await findKept(context, wanted, kind)
  const value = String(family.tokens[kind])
  context.learn(value)
  // SECURITY: a changed file may lead it elsewhere, or through a stranger's proxy; a refresh token is worth most.
  const { issuedAt, connection } = family.tokens
  const home = [issuedAt, originOf(family.key.issuer)].filter((origin) => origin !== undefined)
  const origins = kind === 'refresh_token' && issuedAt !== undefined ? home : undefined
  context.keepTo(value, { origins, connection }, `The kept ${kind}`)
  context.decide({
    subject: 'token',
    choice: `the ${kind} kept ${whoseOf(family)}`,
    reason: `Got for scope ${family.scope || '(none)'} as client ${family.key.client_id}. ${lifeOf(family, kind, context.clock.now())}`,
  })
  return { value, kind }
}

const whoseOf = ({ key }: TokenFamily) => (key.user === '' ? 'here' : `for ${key.user}`)

async function findKept(
  context: RunContext,
  { parameters, ofClient = false }: TokenWanted,
  kind: 'access_token' | 'refresh_token',
): Promise<TokenFamily> {
  const text = (name: string) => (parameters[name] === undefined ? undefined : String(parameters[name]))
  const family =
    parameters.family === undefined
      ? await context.tokens.findUsable({
          workspace: context.workspace,
          profile: context.profile,
          issuer: text('issuer'),
          client_id: text('client_id'),
          user: text('user'),
          scope: text('scope'),
          kind,
        })
      : await namedFamily(context, parameters, kind)
  const { client_id } = family.key
  if (!ofClient || client_id === text('client_id')) return family
  throw problem(
    'token-missing',
    `The kept ${kind} was got as client ${client_id}, and only that client may revoke it.`,
    {
      whatToDo: [`Name that client (client_id ${client_id}).`],
      specification: 'RFC 7009 §2.1',
    },
  )
}

/** SECURITY: a kept token is shown only to the issuer it came from, and is used in its own profile and workspace only. */
async function namedFamily(context: RunContext, { family: named, issuer }: ParameterValues, kind: TokenKind) {
  const family = await context.tokens.get(String(named))
  const isOurs = family?.key.profile === context.profile && family.key.issuer === issuer
  if (family && isOurs && isOfWorkspace(family.key, context.workspace) && family.tokens[kind]) return family
  throw problem(
    'token-missing',
    `The kept grant named here is gone, has no ${kind}, or was got with another profile.`,
    {
      whatToDo: ['grantlab tokens list shows what is kept.', signInAgain],
    },
  )
}

/** The hint that goes with a token: the one asked for, or by itself what is known. @see RFC 7009 §2.1, RFC 7662 §2.1 */
export function hintFor({ kind }: TokenAskedAbout, { token_type_hint: asked = 'auto' }: ParameterValues): JsonObject {
  const hint = asked === 'auto' ? (kind === 'id_token' ? undefined : kind) : asked
  return hint === undefined || hint === 'none' ? {} : { token_type_hint: hint }
}

/** The claims of a token that is a JWT, unjudged; undefined for any other. */
export function claimsOf(token: string): JsonObject | undefined {
  try {
    return decodeJwt(token) as JsonObject
  } catch {
    return undefined
  }
}
