import type { AuthorizationServer } from 'oauth4webapi'
import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { awaitAuthorization } from '../../../protocol/await-authorization.ts'
import { buildEndSessionUrl, checkSignedOut, hintFor, readPastedSignOut } from '../../../protocol/end-session.ts'
import { readMetadata } from '../../../protocol/read-metadata.ts'
import { endpointOf } from '../../../protocol/token-request.ts'
import type { RedirectListener } from '../../../redirects/redirect-hub.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import { userAgents } from '../../../user-agents/index.ts'
import type { ReceivedRedirect, UserAgent } from '../../../user-agents/user-agent.ts'

const stateBytes = 32

/** Ends a session at the authorization server. @see OpenID Connect RP-Initiated Logout 1.0 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const server = await context.step('discover', () => readMetadata(context, parameters))
  endpointOf(server, 'end_session_endpoint')
  const agent = userAgents.find(({ id }) => id === parameters.agent)!
  const hint = await hintFor(context, parameters)
  const outcome = await context.step('sign-out', () => signOut(context, { server, parameters, agent, hint }))
  context.decide({
    subject: 'kept tokens',
    choice: 'stay as they are',
    reason:
      'Signing out ends the session. It does not revoke tokens: revoke does, and the list of tokens forgets them.',
    specification: 'RFC 7009 §2',
  })
  return { sign_out: outcome, kept_tokens: 'not revoked by this' }
}

interface SigningOut {
  server: AuthorizationServer
  parameters: ParameterValues
  agent: UserAgent
  hint: string | undefined
}

/** Listen, open, await the way back, check it. Without a redirect URI nothing comes back. */
async function signOut(context: RunContext, { server, parameters, agent, hint }: SigningOut): Promise<string> {
  const registered = parameters.post_logout_redirect_uri as string | undefined
  const state = registered && Buffer.from(context.random.bytes(stateBytes)).toString('base64url')
  const listener = await listen(context, { agent, registered, state })
  try {
    const redirectUri = listener?.redirectUri ?? registered
    const url = buildEndSessionUrl(server, parameters, { hint, redirectUri, state })
    noteOpening(context, url, agent)
    const received = await takeThere(context, { agent, address: url.href, redirectUri, listener, parameters })
    if (!received || !state) return agent.id === 'system' ? 'opened in the browser' : "ended at the server's page"
    noteReturn(context, received)
    checkSignedOut(context, received, state)
    return 'confirmed by the server'
  } finally {
    await listener?.close()
  }
}

async function listen(
  context: RunContext,
  { agent, registered, state }: { agent: UserAgent; registered: string | undefined; state: string | undefined },
): Promise<RedirectListener | null> {
  if (registered === undefined || state === undefined) return null
  if (!agent.listens && new URL(registered).port !== '0') return null
  return context.redirects.listen({
    runId: context.runId,
    redirectUri: registered,
    state,
    signal: context.signal,
    onIgnored: (redirect, differs) =>
      context.ignoreRedirect({ reason: 'It belongs to another sign-out.', differs, url: redirect.url }),
  })
}

interface Opening {
  agent: UserAgent
  address: string
  redirectUri: string | undefined
  listener: RedirectListener | null
  parameters: ParameterValues
}

async function takeThere(context: RunContext, opening: Opening): Promise<ReceivedRedirect | null> {
  const { agent, address, redirectUri, listener, parameters } = opening
  if (redirectUri === undefined && agent.id !== 'paste') {
    return agent.authorize({
      address,
      redirectUri: '',
      isSignOut: true,
      fetch: (url, init) => context.fetch(url, { ...init, actor: 'browser' }),
      note: context.note,
      ...(context.openAddress ? { openAddress: context.openAddress } : {}),
      signal: context.signal,
    })
  }
  const read = (text: string) => readPastedSignOut(text, redirectUri)
  return awaitAuthorization(context, {
    agent,
    address,
    redirectUri: redirectUri ?? '',
    listener,
    parameters,
    signOut: { read },
  })
}

function noteOpening(context: RunContext, url: URL, { id }: UserAgent): void {
  const { href, pathname, searchParams } = url
  const parameters = [...searchParams]
  context.note({ direction: 'to-browser', title: `open ${pathname}`, url: href, method: 'GET', parameters, via: id })
}

function noteReturn(context: RunContext, { url, method, parameters, via }: ReceivedRedirect): void {
  context.note({ direction: 'from-browser', title: 'signed out', url, method, parameters, via })
}
