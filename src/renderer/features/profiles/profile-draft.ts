import type { ParameterValues } from '../../../contract/description.ts'
import { secretNameOf } from '../../stores/profile-names.ts'

/** Where the server sends the browser back when nobody knows what is registered: a fixed port, so it can be. */
export const proposedRedirectUri = 'http://127.0.0.1:8765/callback'
/** A redirect URI whose port is free at the time; servers allow it only where they follow RFC 8252 §7.3. */
export const freePortRedirectUri = 'http://127.0.0.1:0/callback'

/** Which redirect URI is registered for the client. */
export type RedirectChoice = 'registered' | 'proposed' | 'free-port'

/** A profile in the making, as its form holds it. */
export interface ProfileDraft {
  title: string
  issuer: string
  clientId: string
  clientSecret: string
  /** empty: as proposed */
  clientAuth: string
  scope: string
  redirectChoice: RedirectChoice
  registeredUri: string
}

/** The draft an empty form begins with. */
export const emptyDraft: Readonly<ProfileDraft> = {
  title: '',
  issuer: '',
  clientId: '',
  clientSecret: '',
  clientAuth: '',
  scope: 'openid',
  redirectChoice: 'proposed',
  registeredUri: '',
}

/** Puts what an address told into a draft; answers the values that have no field of their own. */
export function takeValues(draft: ProfileDraft, values: ParameterValues): ParameterValues {
  const { issuer, client_id, redirect_uri, scope, ...others } = values
  if (issuer) draft.issuer = String(issuer)
  if (client_id) draft.clientId = String(client_id)
  if (scope) draft.scope = String(scope)
  if (redirect_uri) Object.assign(draft, { registeredUri: String(redirect_uri), redirectChoice: 'registered' })
  return others
}

/** The redirect URI that the draft's choice stands for; empty when it is still to be typed. */
export function redirectUriOf({ redirectChoice, registeredUri }: ProfileDraft): string {
  if (redirectChoice === 'proposed') return proposedRedirectUri
  return redirectChoice === 'free-port' ? freePortRedirectUri : registeredUri.trim()
}

/** What a profile still needs, by the names of the fields; empty when it can be written. */
export function missingOf(draft: ProfileDraft): string[] {
  const needed = [
    ['a name', draft.title],
    ['an issuer', draft.issuer],
    ['a client id', draft.clientId],
    ['a redirect URI', redirectUriOf(draft)],
  ] as const
  return needed.filter(([, text]) => text.trim() === '').map(([name]) => name)
}

/** The values a profile of this name gets. The secret stands in them by its name only. */
export function valuesOf(draft: ProfileDraft, { name, clientAuth }: { name: string; clientAuth: string }) {
  return {
    issuer: draft.issuer.trim(),
    client_id: draft.clientId.trim(),
    client_auth: draft.clientAuth || clientAuth,
    redirect_uri: redirectUriOf(draft),
    ...(draft.scope.trim() ? { scope: draft.scope.trim() } : {}),
    ...(draft.clientSecret ? { client_secret: { secret: secretNameOf(name) } } : {}),
  } satisfies ParameterValues
}
