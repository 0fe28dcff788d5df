import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../contract/description.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import { pairsOf } from '../redirects/match-redirect-uri.ts'
import type { RunContext } from '../runs/run-context.ts'
import type { ReceivedRedirect } from '../user-agents/user-agent.ts'
import { endpointOf } from './token-request.ts'

/** What a sign-out request carries besides its parameters. */
export interface SignOutBindings {
  hint: string | undefined
  /** with its real port */
  redirectUri: string | undefined
  state: string | undefined
}

/**
 * The address that signs somebody out. A query that the endpoint already has is kept.
 * @throws ProblemError endpoint-missing, metadata-invalid
 * @see OpenID Connect RP-Initiated Logout 1.0 §2
 */
export function buildEndSessionUrl(
  server: AuthorizationServer,
  parameters: ParameterValues,
  { hint, redirectUri, state }: SignOutBindings,
): URL {
  const url = endpointOf(server, 'end_session_endpoint')
  const { client_id, logout_hint, ui_locales } = parameters
  const sent = { id_token_hint: hint, client_id, logout_hint, ui_locales, post_logout_redirect_uri: redirectUri, state }
  for (const [name, value] of Object.entries(sent)) if (value !== undefined) url.searchParams.set(name, String(value))
  return url
}

/**
 * The ID token that tells the server whose session ends: the one given, else the one kept for this profile and user, also
 * when it has expired; undefined when there is none or none is to be sent.
 * @throws ProblemError token-missing when several users' are kept; secret-not-bound
 * @see OpenID Connect RP-Initiated Logout 1.0 §2
 */
export async function hintFor(context: RunContext, parameters: ParameterValues): Promise<string | undefined> {
  if (parameters.send_hint === false) return undefined
  const given = parameters.id_token_hint
  if (typeof given === 'string') return given
  const text = (name: string) => (parameters[name] === undefined ? undefined : String(parameters[name]))
  try {
    const family = await context.tokens.findUsable({
      workspace: context.workspace,
      profile: context.profile,
      issuer: text('issuer'),
      client_id: text('client_id'),
      user: text('user'),
      kind: 'id_token',
      ofUser: true,
    })
    const value = family.tokens.id_token!
    context.learn(value)
    // SECURITY: a changed file may lead it to a stranger.
    context.keepTo(value, { connection: family.tokens.connection }, 'The kept id_token')
    const whose = family.key.user === '' ? 'the one kept' : `the one kept for ${family.key.user}`
    context.decide({ subject: 'id_token_hint', choice: whose, reason: 'It says whose session ends.' })
    return value
  } catch (error) {
    const isMissing = error instanceof ProblemError && error.problem.code === 'token-missing'
    if (!isMissing || parameters.user !== undefined) throw error
    context.decide({ subject: 'id_token_hint', choice: 'none', reason: error.problem.detail })
    return undefined
  }
}

const longestPasted = 64 * 1024

/** Reads the address that a browser ended at after signing out. @throws ProblemError authorization-response-invalid */
export function readPastedSignOut(text: string, redirectUri: string | undefined): ReceivedRedirect {
  const pasted = text.trim().slice(0, longestPasted)
  // Where nothing comes back, a person says that it is done.
  if (redirectUri === undefined) return { url: '', method: 'GET', parameters: [], via: 'paste' }
  const url = URL.parse(pasted) ?? URL.parse(`${redirectUri}${pasted.startsWith('?') ? '' : '?'}${pasted}`)
  if (url && (url.searchParams.has('state') || url.href.startsWith(redirectUri))) {
    return { url: url.href, method: 'GET', parameters: pairsOf(url.search.slice(1)), via: 'paste' }
  }
  throw problem(
    'authorization-response-invalid',
    'This is not the address that the browser ends at after signing out.',
    {
      whatToDo: [`Paste the whole address; it begins with ${redirectUri}.`],
    },
  )
}

/**
 * Checks that the answer belongs to this sign-out, and records it.
 * @throws ProblemError state-mismatch
 * @see OpenID Connect RP-Initiated Logout 1.0 §3
 */
export function checkSignedOut(context: RunContext, received: ReceivedRedirect, state: string): void {
  const came = received.parameters.filter(([name]) => name === 'state').map(([, value]) => value)
  const holds = came.length === 1 && came[0] === state
  context.prove({ name: 'state.matches', holds, facts: { sent: true, received: came.length > 0 } })
  if (holds) return
  const detail =
    came.length > 0
      ? 'The browser came back with the state of another sign-out.'
      : 'The browser came back without the state that was sent.'
  throw problem('state-mismatch', detail, { specification: 'OpenID Connect RP-Initiated Logout 1.0 §3' })
}
