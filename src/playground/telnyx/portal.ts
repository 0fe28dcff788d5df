import { findUser, signInUser, usersShownTo } from '../authorization-server/users.ts'
import type { PlaygroundUser } from '../playground-info.ts'
import { renderConsentPage } from '../pages/consent-page.ts'
import { renderErrorDocument } from '../pages/error-page.ts'
import { renderSignInPage } from '../pages/sign-in-page.ts'
import { page, redirect, type Answer } from './answer.ts'
import { ApiError } from './api-error.ts'
import type { ApiRequest } from './api-request.ts'
import type { OAuthClient } from './client-store.ts'
import type { Consent, Consents } from './consents.ts'
import type { PortalSessions, PortalSession } from './portal-sessions.ts'
import { wordsOfScope } from './scopes.ts'

/** What the consent page works with. */
interface PortalParts {
  consents: Consents
  sessions: PortalSessions
}

/** The consent page at `/portal/consent?consent_token=…`: signs a playground user in, then asks. */
export async function showPortal(request: ApiRequest, parts: PortalParts): Promise<Answer> {
  const token = request.query.get('consent_token') ?? ''
  try {
    const { consent, client } = parts.consents.find(token)
    const visit = { token, consent, client, session: parts.sessions.of(request), users: usersShownTo(request.headers) }
    return request.method === 'POST' ? await takeForm(request, visit, parts) : render(visit, parts)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return page(error.status, renderErrorDocument({ error: 'invalid_request', error_description: error.message }))
  }
}

/** One look at the page. */
interface Visit {
  token: string
  consent: Consent
  client: OAuthClient
  session: PortalSession | undefined
  /** named on the sign-in page */
  users: readonly PlaygroundUser[]
}

async function takeForm(request: ApiRequest, visit: Visit, parts: PortalParts): Promise<Answer> {
  const form = new URLSearchParams(request.body)
  const { token, session } = visit
  if (form.get('decision') === 'sign-in') return signIn(form, visit, parts)
  if (form.get('decision') === 'cancel') {
    return redirect(await parts.consents.decide(token, { allowed: false, accountId: '' }), {}, 303)
  }
  // SECURITY: the page's own secret keeps another page from deciding with the person's cookie.
  if (!session || !parts.sessions.isProof(session, token, request.query.get('proof') ?? '')) return render(visit, parts)
  // SECURITY: only an explicit Allow grants; whatever else was posted is a refusal.
  const allowed = form.get('decision') === 'allow'
  return redirect(await parts.consents.decide(token, { allowed, accountId: session.username }), {}, 303)
}

function signIn(form: URLSearchParams, visit: Visit, parts: PortalParts): Answer {
  const username = (form.get('username') ?? '').trim()
  const user = signInUser(username, form.get('password') ?? '')
  if (!user) return page(400, signInPage(visit, { username, refused: true }), formTargets(visit))
  return redirect(addressOf(visit.token), { 'set-cookie': parts.sessions.start(user.username) }, 303)
}

function render(visit: Visit, { sessions }: PortalParts): Answer {
  const { token, consent, client, session } = visit
  const user = findUser(session?.username)
  if (!session || !user) return page(200, signInPage(visit, { username: '', refused: false }), formTargets(visit))
  const html = renderConsentPage({
    action: `${addressOf(token)}&proof=${sessions.proofOf(session, token)}`,
    clientId: client.client_id,
    clientTitle: client.name,
    scopes: consent.scopes.map((name) => ({ name, words: wordsOfScope(name) })),
    userName: user.name,
    username: user.username,
    redirectHost: new URL(consent.redirectUri).host,
  })
  return page(200, html, formTargets(visit))
}

function signInPage({ token, client, users }: Visit, typed: { username: string; refused: boolean }): string {
  return renderSignInPage({ action: addressOf(token), clientTitle: client.name, ...typed, users })
}

function addressOf(token: string): string {
  return `/portal/consent?consent_token=${encodeURIComponent(token)}`
}

function formTargets({ consent }: Visit): string[] {
  return [new URL(consent.redirectUri).protocol]
}
